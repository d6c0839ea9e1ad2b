import Table from "cli-table3";
import { Command } from "commander";
import type { ModelVersion, ModelVersionsState } from "../dynamic-providers/model-versions/schema";
import { finetuneType } from "../dynamic-providers/runtime/resource-types";
import { print, runCommand, UserError } from "../stack/command";
import { rehearsalStack } from "../stack/rehearsal/folder";
import { resourcesOfType } from "../stack/stack-state";
import { exportStack, type Target, withTarget } from "../stack/target";

/** `npm run versions`: the models that a stack keeps, newest first. */
runCommand(async (args) => {
  const options = new Command("npm run versions --")
    .description("Lists the trained models that the stack keeps: going back to one of them trains and costs nothing.")
    .option("-s, --stack <name>", "stack; default: the selected one, else the rehearsal's")
    .option("--json", "as JSON")
    .parse(args, { from: "user" })
    .opts<{ stack?: string; json?: boolean }>();
  return withTarget(options.stack, async (target) => {
    const versions = await versionsOf(target);
    print(options.json ? JSON.stringify(versions, undefined, 2) : table(versions));
    return 0;
  });
});

async function versionsOf(target: Target): Promise<ModelVersion[]> {
  const resources = resourcesOfType(await exportStack(target), finetuneType("ModelVersions"));
  if (resources.length > 0)
    return resources.flatMap(({ outputs }) => (outputs as unknown as ModelVersionsState).versions);
  const { stack } = target;
  const how = stack === rehearsalStack ? "npm start" : `npm run up -- --stack ${stack}`;
  throw new UserError(`stack ${stack} has no versions yet: its next successful \`up\` enters the model. Run: ${how}`);
}

/** One line per version; the whole keys and hashes are in the JSON. */
function table(versions: ModelVersion[]): string {
  const rows = new Table({ head: ["version", "status", "trained", "base", "rows", "model"], style: { head: [] } });
  for (const { version, status, trainedAt, base, trainingExamples, fineTunedModel } of versions) {
    const day = trainedAt === null ? "" : new Date(trainedAt * 1000).toISOString().slice(0, 16).replace("T", " ");
    rows.push([version, status, day, base, trainingExamples ?? "", fineTunedModel]);
  }
  return `${rows.toString()}\nTo serve one of them: set \`deploy.version\` to its number, or go back to its data and settings. Nothing is trained.`;
}
