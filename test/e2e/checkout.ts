import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Document, isMap, parseDocument } from "yaml";
import type { Counters } from "local-azure/admin/counters";
import { ADMIN_HEADER } from "local-azure/admin/admin-header";
import { connect } from "local-azure/rehearsal/connect";
import type { Settings } from "local-azure/world/settings";
import type { StackExport } from "../../stack/stack-state";
import { copyStack, moveState } from "./prepared-stack";

const projectFolder = path.resolve(__dirname, "../..");
const loader = path.join(projectFolder, "compiled", "register.js");
/** What a fresh clone doesn't have, and what the program doesn't need. */
// The team's own data, too: tests bring theirs, so that no row of a team can break one.
const leftOut = new Set(["data", "node_modules", ".git", ".local", ".local-azure", "coverage", "docs", "test"]);
/** The stack's state, below the checkout. */
const STATE = ".local/pulumi-state/.pulumi/stacks/azure-openai-finetune/local.json";
/** Fast enough for tests, slow enough that every stage is seen. */
const pace: Partial<Settings> = {
  trainingSeconds: 1,
  accountSeconds: 0.3,
  deploymentSeconds: 0.5,
  deploymentWarmupSeconds: 0.3,
  fileSeconds: 0.3,
  rbacLagSeconds: 0.5,
};

export interface CommandResult {
  code: number;
  /** stdout and stderr as they came. */
  output: string;
  stdout: string;
}

/**
 * A checkout of its own with a rehearsal of its own, in which the commands run as a user runs them; node_modules is
 * shared. Its service runs from `open` to `close`, so that commands don't start it each time.
 */
export class Checkout {
  /** Everything that any command printed, but for those that were asked to show secrets. */
  transcript = "";
  /** Environment of every command, over that of the tests. */
  env: NodeJS.ProcessEnv = {};

  private constructor(
    readonly folder: string,
    private lease: Awaited<ReturnType<typeof connect>>,
    private readonly settings: Partial<Settings>,
  ) {}

  /**
   * @param own - settings of the service that differ from the tests' usual pace
   * @param stack - folder of a deployed stack to begin with (`preparedStack`). Default: none is there
   */
  static async open(own: Partial<Settings> = {}, stack?: string): Promise<Checkout> {
    const folder = mkdtempSync(path.join(tmpdir(), "checkout-"));
    cpSync(projectFolder, folder, {
      recursive: true,
      filter: (source) => !leftOut.has(path.basename(source)) || path.dirname(source).endsWith("src"),
    });
    cpSync(path.join(projectFolder, "test/fixtures/data"), path.join(folder, "data"), { recursive: true });
    symlinkSync(path.join(projectFolder, "node_modules"), path.join(folder, "node_modules"));
    const local = path.join(folder, ".local");
    mkdirSync(local);
    if (stack !== undefined) copyStack(stack, local);
    const settings = { ...pace, ...own };
    writeFileSync(path.join(local, "local-azure.json"), JSON.stringify(settings));
    const lease = await connect({ folder: path.join(local, "azure"), settings, loader });
    if (stack !== undefined) moveState(stack, local, lease.info.endpoint);
    return new Checkout(folder, lease, settings);
  }

  /** Another clone, with a state of its own, on the same cloud: this checkout's service, which must live longer. */
  async openClone(): Promise<Checkout> {
    const clone = await Checkout.open(this.settings);
    await clone.lease.release();
    const service = path.join(clone.folder, ".local", "azure");
    rmSync(service, { recursive: true });
    symlinkSync(path.join(this.folder, ".local", "azure"), service);
    await clone.reconnect();
    return clone;
  }

  /** Starts the service again after it was killed; it goes on from its state file. */
  async reconnect(): Promise<void> {
    this.lease = await connect({ folder: path.join(this.folder, ".local", "azure"), settings: this.settings, loader });
  }

  get cloud() {
    return this.lease.info;
  }

  async close(): Promise<void> {
    await this.lease.release();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Starts a command without waiting for it: `start("commands/local", "up", "--yes")`. */
  start(command: string, ...args: string[]): { child: ChildProcess; end: Promise<CommandResult> } {
    const child = spawn(process.execPath, ["commands/bootstrap.js", command, ...args], {
      cwd: this.folder,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...this.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let stdout = "";
    const add = (text: string) => {
      output += text;
      if (!args.includes("--show-secrets")) this.transcript += text;
    };
    child.stderr.setEncoding("utf8").on("data", add);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      add(text);
    });
    const end = new Promise<CommandResult>((resolve) => {
      child.on("close", (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), output, stdout }));
    });
    return { child, end };
  }

  run(command: string, ...args: string[]): Promise<CommandResult> {
    return this.start(command, ...args).end;
  }

  /** `npm run local -- <arguments>`. */
  pulumi(...args: string[]): Promise<CommandResult> {
    return this.run("commands/local", ...args);
  }

  /** What `pulumi stack export` gives, read from the state's file: 1.5 s of processor time less. */
  stackState(): Promise<StackExport> {
    const { checkpoint } = JSON.parse(this.read(STATE)) as { checkpoint: { latest: StackExport["deployment"] } };
    return Promise.resolve({ deployment: checkpoint.latest });
  }

  /** What `pulumi stack import` does. */
  replaceState({ deployment }: StackExport): void {
    const file = JSON.parse(this.read(STATE)) as { checkpoint: { latest: object } };
    file.checkpoint.latest = deployment;
    this.write(STATE, JSON.stringify(file));
  }

  /** The environment in which pulumi sees this checkout's rehearsal as its Azure. */
  async rehearsalEnvironment(): Promise<NodeJS.ProcessEnv> {
    this.write(
      "print-environment.ts",
      `import { withRehearsal } from "./stack/rehearsal/rehearsal";
       void withRehearsal(({ env }) => Promise.resolve(process.stdout.write("\\n" + JSON.stringify(env))));`,
    );
    const { stdout } = await this.run("print-environment");
    return JSON.parse(stdout.slice(stdout.lastIndexOf("\n{"))) as NodeJS.ProcessEnv;
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), "utf8");
  }

  write(file: string, content: string | Buffer): void {
    writeFileSync(path.join(this.folder, file), content);
  }

  /**
   * Changes settings of the stack, by path below `config:` without the project's name, e.g. `{"deploy.switch":
   * "inPlace"}`; `undefined` removes one, and the object that it leaves empty.
   */
  configure(settings: Record<string, unknown>): void {
    const document = parseDocument(this.read("Pulumi.local.yaml"));
    for (const [name, value] of Object.entries(settings)) {
      const [first, ...rest] = name.split(".");
      const names = ["config", `azure-openai-finetune:${first}`, ...rest];
      if (value === undefined) removeFrom(document, names);
      else document.setIn(names, value);
    }
    this.write("Pulumi.local.yaml", document.toString());
  }

  counters(): Promise<Counters> {
    return this.admin<Counters>("GET", "/counters");
  }

  /** Calls an endpoint of local-azure that only tests use. */
  admin<T>(method: string, url: string, body?: object): Promise<T> {
    const { endpoint, caFile, adminToken } = this.cloud;
    return callJson<T>(`${endpoint}/local-azure${url}`, caFile, method, { [ADMIN_HEADER]: adminToken }, body);
  }
}

function removeFrom(document: Document, names: string[]): void {
  document.deleteIn(names);
  const parent = names.slice(0, -1);
  const left = document.getIn(parent);
  if (parent.length > 1 && isMap(left) && left.items.length === 0) removeFrom(document, parent);
}

function callJson<T>(url: string, caFile: string, method: string, headers: object, body?: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const options = { method, ca: readFileSync(caFile), headers: { ...headers, "content-type": "application/json" } };
    const call = request(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        if ((response.statusCode ?? 500) >= 400) reject(new Error(`${method} ${url}: ${response.statusCode} ${text}`));
        else resolve((text === "" ? undefined : JSON.parse(text)) as T);
      });
    });
    call.on("error", reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
