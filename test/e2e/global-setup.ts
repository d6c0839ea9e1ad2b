import { projectFolder } from "../../stack/project";
import { findPulumiCli } from "../../stack/pulumi-cli/find";

/**
 * Finds or builds the Pulumi CLI before any end-to-end test begins: on a machine that has none the build takes minutes (with progress
 * on stderr), for which no test's time limit has room.
 */
export default async function provideCli(): Promise<void> {
  await findPulumiCli(projectFolder);
}
