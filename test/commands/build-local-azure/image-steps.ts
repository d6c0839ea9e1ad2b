import { execFile, spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { DockerfileParser, type Copy, type From } from "dockerfile-ast";

const run = promisify(execFile);

/**
 * Does what a Dockerfile says in folders of this machine: each stage has one for its file system, and absolute paths mean folders in it.
 * Users and base images are left out: this machine's user and Node stand for them.
 */
export class ImageSteps {
  private readonly stages = new Map<string, string>();
  private current = "";
  private workdir = "/";
  /** What the finished image starts, and how its health is asked for. */
  entrypoint: string[] = [];
  command: string[] = [];
  private healthcheck: string[] = [];

  /**
   * @param folder - of this machine, for the file systems
   * @param context - what `COPY` copies from
   * @param port - stands for each port that the Dockerfile names
   */
  constructor(
    private readonly folder: string,
    private readonly context: string,
    private readonly port: number,
  ) {}

  async build(dockerfile: string): Promise<void> {
    for (const instruction of DockerfileParser.parse(readFileSync(dockerfile, "utf8")).getInstructions()) {
      const text = instruction.getArgumentsContent() ?? "";
      /** Of an instruction in JSON, as hadolint asks for. */
      const words = () => (JSON.parse(text.slice(text.indexOf("["))) as string[]).map((word) => this.here(word));
      switch (instruction.getKeyword()) {
        case "FROM":
          this.begin((instruction as From).getBuildStage() ?? "last");
          break;
        case "WORKDIR":
          this.workdir = text;
          mkdirSync(this.here(text), { recursive: true });
          break;
        case "COPY":
          this.copy(instruction as Copy);
          break;
        case "RUN":
          await this.shell(text);
          break;
        case "HEALTHCHECK":
          this.healthcheck = words();
          break;
        case "ENTRYPOINT":
          this.entrypoint = words();
          break;
        case "CMD":
          this.command = words();
          break;
      }
    }
  }

  /** Starts the container. @param command - in place of `CMD` */
  start(command = this.command): ChildProcess {
    const [program, ...args] = [...this.entrypoint, ...command];
    return spawn(program === "node" ? process.execPath : program!, args, { cwd: this.here("/"), env: bare });
  }

  /** Asks for its health. @throws Error where it is not healthy */
  async checkHealth(): Promise<void> {
    const [program, ...args] = this.healthcheck;
    await run(program!, args, { env: bare });
  }

  /** Where a path of the image is on this machine. */
  at(file: string): string {
    return path.join(this.current, file);
  }

  private begin(stage: string): void {
    this.current = path.join(this.folder, stage);
    this.workdir = "/";
    this.stages.set(stage, this.current);
    mkdirSync(path.join(this.current, "tmp"), { recursive: true });
  }

  private copy(instruction: Copy): void {
    const from = instruction.getFlags().find((flag) => flag.getName() === "from");
    const files = instruction.getArguments().map((argument) => argument.getValue());
    const [source, target] = [files[0]!, files.at(-1)!];
    const origin = from ? path.join(this.stages.get(from.getValue()!)!, source) : path.join(this.context, source);
    const destination = target.startsWith("/") ? this.here(target) : path.join(this.here(this.workdir), target);
    cpSync(origin, destination, { recursive: true, verbatimSymlinks: true });
  }

  private async shell(script: string): Promise<void> {
    const text = this.here(script.replace(/\\\n/g, " ")).replace(/-[og] \d+ /g, "");
    await run("sh", ["-ec", text], { cwd: this.here(this.workdir) });
  }

  /** Absolute paths as this machine has them, and the port. */
  private here(text: string): string {
    return text.replace(/(^|[\s=])\/(?=\w|$)/g, `$1${this.current}/`).replaceAll("8443", String(this.port));
  }
}

/** For what the image runs (its steps know how a registry is reached): nothing of the run of the tests around it. */
const bare = { PATH: process.env.PATH, HOME: process.env.HOME };
