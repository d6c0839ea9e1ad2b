import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCommand, UserError } from "../stack/command";
import { withLastingSignIn } from "./ci/lasting-sign-in";
import { withFlags } from "./plan/command-line";
import { requireNotPromoted, withPromotions } from "./plan/promotions";
import { previewOfEvents } from "./preview-summary/preview-events";
import { projectFolder } from "../stack/project";
import { findPulumiCli, pathWith } from "../stack/pulumi-cli/find";
import { parseCommandLine } from "../stack/pulumi-cli/flags";
import { type RunOptions, runPulumi } from "../stack/pulumi-cli/run";
import { readUpEvents } from "../stack/up-events";

/** `npm run ci:...`: pulumi with these arguments and the stack of the environment, signed in for as long as it takes. */
runCommand(async (args) => {
  const cli = await findPulumiCli(projectFolder);
  return withLastingSignIn({ ...process.env, PATH: pathWith(cli) }, async (env) => {
    const pulumi = (pulumiArgs: string[], output?: RunOptions["output"]) =>
      runPulumi(cli, pulumiArgs, { folder: projectFolder, env, output });
    await requireNotPromoted(args, { pulumi, env });
    if (parseCommandLine(args, env).command !== "preview") return (await pulumi(args)).code;
    const folder = mkdtempSync(path.join(tmpdir(), "ci-preview-"));
    try {
      const events = path.join(folder, "events.jsonl");
      const { code } = await pulumi(withFlags(args, "--event-log", events));
      const { errors } = await withPromotions(args, previewOfEvents(readUpEvents(events)), { pulumi, env });
      // Pulumi has said its own, in what it printed.
      if (code === 0 && errors.length > 0) throw new UserError(errors.join(" "));
      return code;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
