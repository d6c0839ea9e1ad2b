import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { projectFolder } from "../../stack/project";
import { Checkout } from "./checkout";

const run = promisify(execFile);

/** A second model and its deployment, as somebody adds them to the template's program. */
const SECOND_MODEL = `
  const critic = new finetune.FineTunedModel("critic", {
    account,
    access,
    model: "gpt-4.1-mini-2025-04-14",
    dataset: { training: "data/tutor.jsonl" },
    seed: 1,
  });
  const judging = new finetune.ModelDeployment("critic", { account, access, model: critic, deploymentName: "critic" });

  return { critic: judging.deploymentName, `;

/** A program in a folder of its own, made from the template, that knows the project by its package alone. */
export class OwnProgram {
  private constructor(
    /** Whose rehearsal service is its Azure. */
    readonly checkout: Checkout,
    readonly folder: string,
    readonly env: NodeJS.ProcessEnv,
  ) {}

  static async open(): Promise<OwnProgram> {
    const checkout = await Checkout.open();
    const folder = mkdtempSync(path.join(tmpdir(), "program-"));
    const env = await checkout.rehearsalEnvironment();
    delete env.PULUMI_STACK;
    const program = new OwnProgram(checkout, folder, env);
    await program.pulumi("new", path.join(projectFolder, "template"), "--generate-only", "--yes", "--name", "tutors");
    const built = path.join(checkout.folder, "built");
    await checkout.run("commands/build-package", built);
    await program.npm("pack", built, "--pack-destination", checkout.folder);
    const archive = `file:${checkout.folder}/azure-openai-finetune-0.1.0.tgz`;
    await program.npm("pkg", "set", `dependencies.azure-openai-finetune=${archive}`);
    await program.npm("install", "--prefer-offline", "--no-audit", "--no-fund");
    return program;
  }

  async close(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await this.checkout.close();
  }

  /** @returns stdout @throws Error with all that pulumi said */
  async pulumi(...args: string[]): Promise<string> {
    const options = { cwd: this.folder, env: this.env, maxBuffer: 1e8 };
    const call = run("pulumi", [...args, "--non-interactive"], options);
    const { stdout } = await call.catch((error: Error & { stdout: string; stderr: string }) => {
      throw new Error(`pulumi ${args[0]}: ${error.stdout}${error.stderr}`);
    });
    return stdout;
  }

  npm(...args: string[]) {
    return run("npm", args, { cwd: this.folder });
  }

  change(from: string, to: string): void {
    const file = path.join(this.folder, "index.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
  }

  addSecondModel(): void {
    this.change("\n  return { ", SECOND_MODEL);
  }

  /** Makes the stack `dev` with the settings that the template asks for. */
  async createStack(): Promise<void> {
    await this.pulumi("stack", "init", "dev");
    const settings = { resourceGroupName: "ResourceGroup1", location: "northcentralus", accountName: "two-tutors" };
    const pairs = Object.entries(settings).flatMap(([name, value]) => ["--plaintext", `${name}=${value}`]);
    await this.pulumi("config", "set-all", ...pairs);
  }
}
