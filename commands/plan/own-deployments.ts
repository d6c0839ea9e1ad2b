import { DEPLOYMENTS_IN_STATE } from "../../dynamic-providers/runtime/deployments-in-state";
import { UserError } from "../../stack/command";
import { deploymentsInState } from "../../stack/deployments-in-state";
import { parseCommandLine } from "../../stack/pulumi-cli/flags";
import { exportStack, type Target } from "../../stack/target";

/** Tells a destroy which deployments the stack's state has: they belong to it, whichever of its resources knows them. What can't be read, pulumi reports. */
export async function nameDeployments(args: string[], { env, pulumi }: Pick<Target, "pulumi" | "env">): Promise<void> {
  const stack = parseCommandLine(args, env).flags.get("stack");
  const named = stack === undefined ? [] : ["--stack", stack];
  try {
    const state = await exportStack({
      stack: stack ?? "",
      pulumi: (own, output) => pulumi([...own, ...named], output),
    });
    env[DEPLOYMENTS_IN_STATE] = JSON.stringify(deploymentsInState(state));
  } catch (error) {
    if (!(error instanceof UserError || error instanceof SyntaxError)) throw error;
  }
}
