import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Checkout } from "./checkout";

const run = promisify(execFile);

/** The environment in which pulumi sees the checkout's rehearsal, for stacks of any name. */
export async function environmentOf(checkout: Checkout): Promise<NodeJS.ProcessEnv> {
  const { PULUMI_STACK: _, ...env } = await checkout.rehearsalEnvironment();
  return env;
}

/** More stacks of a checkout's project, beside its own. */
export class OtherStacks {
  protected constructor(
    protected readonly checkout: Checkout,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async of(checkout: Checkout): Promise<OtherStacks> {
    return new OtherStacks(checkout, await environmentOf(checkout));
  }

  /** A stack of the project, with settings as `Pulumi.<stack>.yaml` has them. */
  async createStack(stack: string, settings: Record<string, unknown>): Promise<void> {
    this.configure(stack, settings);
    const { stderr, code } = await this.pulumi(stack, "stack", "init", "--secrets-provider", "passphrase", stack);
    if (code !== 0) throw new Error(stderr);
  }

  configure(stack: string, settings: Record<string, unknown>): void {
    const lines = Object.entries(settings).map(
      ([name, value]) => `  azure-openai-finetune:${name}: ${JSON.stringify(value)}\n`,
    );
    this.checkout.write(`Pulumi.${stack}.yaml`, `config:\n${lines.join("")}`);
  }

  /** A command of the project on a stack, as its npm script runs it: `run("prod", "commands/report", "--json")`. */
  async run(
    stack: string,
    command: string,
    ...args: string[]
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const options = {
      cwd: this.checkout.folder,
      env: { ...this.env, NO_COLOR: "1", FORCE_COLOR: "0" },
      maxBuffer: 1e8,
    };
    const all = ["commands/bootstrap.js", command, "--stack", stack, ...args];
    return run(process.execPath, all, options).then(
      (result) => ({ code: 0, ...result }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
  }

  /** A pulumi command on a stack. */
  async pulumi(stack: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const onStack = args[0] === "stack" && args[1] === "init" ? [] : ["--stack", stack];
    const options = { cwd: this.checkout.folder, env: this.env, maxBuffer: 1e8 };
    return run("pulumi", [...args, ...onStack, "--non-interactive"], options).then(
      (result) => ({ code: 0, ...result }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
  }
}
