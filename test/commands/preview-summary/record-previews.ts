import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { Checkout } from "../../e2e/checkout";
import { OwnProgram } from "../../e2e/own-program";
import { previewFile, previewNames, type PreviewName } from "./previews";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Records the previews of the snapshot tests: `npx tsx test/commands/preview-summary/record-previews.ts [<name> ...]`, all of them or those
 * that are named. The real program runs through the real CLI against the rehearsal, in a checkout of its own; it takes some minutes.
 */
async function main(): Promise<void> {
  if (wanted("two-models")) await recordTwoModels();
  if (!previewNames.some((name) => name !== "two-models" && wanted(name))) return;
  const checkout = await Checkout.open();
  try {
    await record(checkout);
  } finally {
    await checkout.close();
  }
}

function wanted(name: PreviewName): boolean {
  const named = process.argv.slice(2);
  return named.length === 0 || named.includes(name);
}

/** A program of one's own with two models on one account: one is trained and served, the other is to be trained again. */
async function recordTwoModels(): Promise<void> {
  const program = await OwnProgram.open();
  try {
    program.addSecondModel();
    await program.createStack();
    await program.pulumi("up", "--yes", "--skip-preview");
    program.change("seed: 1", "seed: 2");
    await write("two-models", await program.pulumi(...PREVIEW), program.folder);
  } finally {
    await program.close();
  }
}

const PREVIEW = ["preview", "--json", "--show-sames", "--refresh"];

async function write(name: PreviewName, stdout: string, folder: string): Promise<void> {
  mkdirSync(path.dirname(previewFile(name)), { recursive: true });
  writeFileSync(previewFile(name), await format(withoutNoise(stdout, folder), { parser: "json", printWidth: 120 }));
  console.error(`${name}: ${stdout.length} characters`);
}

async function record(checkout: Checkout): Promise<void> {
  const preview = async (name: PreviewName) => {
    if (wanted(name)) await write(name, (await checkout.pulumi(...PREVIEW)).stdout, checkout.folder);
  };

  await preview("first");
  const up = await checkout.pulumi("up", "--yes", "--skip-preview");
  if (up.code !== 0) throw new Error(up.output);
  await preview("no-change");

  const data = "data/training_set.jsonl";
  const rows = checkout.read(data);
  checkout.write(data, `${rows.trimEnd()}\n${JSON.stringify(earlyStopping)}\n`);
  await preview("data-change");
  checkout.write(data, rows);

  const settings = checkout.read("Pulumi.local.yaml");
  checkout.configure({ model: "gpt-4.1-mini-2025-04-14", "hyperparameters.nEpochs": 2, "deploy.switch": "blueGreen" });
  await preview("model-change");
  checkout.write("Pulumi.local.yaml", settings);
  checkout.configure({ "budget.maxTrainingUsd": 0.01, "budget.maxHostingUsdPerMonth": 500 });
  await preview("budget-blown");
  checkout.write("Pulumi.local.yaml", settings);

  checkout.configure({ "deploy.switch": "blueGreen" });
  await preview("deployment-change");
  checkout.write("Pulumi.local.yaml", settings);
  checkout.configure({ "deploy.gate": { maxValidationLoss: 0.5 } });
  await preview("gate-missed");
  checkout.write("Pulumi.local.yaml", settings);

  await checkout.admin("POST", "/clock", { advanceMs: 16 * dayMs });
  await preview("deployment-lost");
}

const earlyStopping = {
  messages: [
    { role: "system", content: "The system is an AI teacher that helps people learn about AI" },
    { role: "user", content: "What is early stopping?" },
    {
      role: "assistant",
      content: "Early stopping ends the training when the loss on validation data no longer falls.",
    },
  ],
};

/** What the summary doesn't read and what differs from machine to machine: code of providers, stack traces, links between resources. */
const noise = new Set([
  ...["sourcePosition", "stackTrace", "duration", "__provider", "created", "modified", "hideDiff", "provider"],
  ...["propertyDependencies", "dependencies", "etag", "capabilities", "detailedDiff"],
]);

function withoutNoise(output: string, folder: string): string {
  const end = output.lastIndexOf("\n}") + 2;
  const kept = (key: string, value: unknown) => (noise.has(key) ? undefined : value);
  const digest = JSON.parse(output.slice(0, end), kept) as { steps?: { op: string; newState?: unknown }[] };
  // What a refresh found stands in the step that follows it.
  for (const step of digest.steps ?? []) if (step.op === "refresh") delete step.newState;
  return JSON.stringify(digest).replaceAll(folder, "/checkout");
}

void main();
