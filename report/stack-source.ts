import { findPulumiCli } from "../stack/pulumi-cli/find";
import { runPulumi } from "../stack/pulumi-cli/run";
import type { StackExport } from "../stack/stack-state";
import { exportStack, type Target } from "../stack/target";
import { readUpdates, type UpdateRecord } from "./update-history";

/** Where a stack's state comes from, as often as it is asked for. */
export interface StackSource {
  stack: string;
  state(): Promise<StackExport>;
  updates(): Promise<UpdateRecord[]>;
}

/** A stack, and the folder of its Pulumi project. */
export type StackPlace = Pick<Target, "stack" | "folder">;

/** Enough to reach back to the update that submitted the job, unless it was long ago. */
const UPDATES_READ = 100;

/** The stack that PULUMI_STACK names, by the CLI: also while an `up` is at work on it, since neither command takes the lock. */
export async function pulumiSource({ stack, folder }: StackPlace): Promise<StackSource> {
  const cli = await findPulumiCli(folder);
  const pulumi = (args: string[]) => runPulumi(cli, args, { folder, env: process.env, output: "capture" });
  return {
    stack,
    state: () => exportStack({ stack, pulumi }),
    updates: async () => {
      const run = await pulumi(["stack", "history", "--json", "--page-size", String(UPDATES_READ)]);
      // The history only tells the commit: a backend that keeps none costs the report no more than that.
      return run.code === 0 ? readUpdates(run.stdout) : [];
    },
  };
}
