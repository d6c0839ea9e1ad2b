import { projectFolder } from "../../stack/project";
import { findPulumiCli } from "../../stack/pulumi-cli/find";
import { keepTemporaryFilesInMemory } from "../temporary-files";
import { prepareFolder } from "../support/made-once";

/**
 * Finds or builds the Pulumi CLI before any end-to-end test begins: on a machine that has none the build takes minutes (with progress
 * on stderr), for which no test's time limit has room. Makes the folder for the deployed stack that files copy, too.
 */
export default async function provideCli(): Promise<void> {
  keepTemporaryFilesInMemory();
  prepareFolder();
  await findPulumiCli(projectFolder);
}
