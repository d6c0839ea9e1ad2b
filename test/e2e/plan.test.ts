import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { previewOfEvents } from "../../commands/preview-summary/preview-events";
import { readPreview } from "../../commands/preview-summary/read-preview";
import { summarize } from "../../commands/preview-summary/summary";
import { readUpEvents } from "../../stack/up-events";
import { Checkout } from "./checkout";

let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open();
  checkout.write("commands/scripted-up.ts", scriptedUp);
});
afterAll(() => checkout.close());

/** An `up` on a terminal whose person answers yes, in the second case after a row was added to the data. */
const scriptedUp = `
import { appendFileSync, readFileSync } from "node:fs";
import { runCommand } from "../stack/command";
import { rehearsalCommands } from "./plan/next-commands";
import { runWithSummary, thisTerminal } from "./plan/run";
import { withRehearsal } from "../stack/rehearsal/rehearsal";
runCommand(([meanwhile]) =>
  withRehearsal(({ pulumi, env }) => {
    const ask = async (question: string) => {
      thisTerminal.show(question);
      const file = "data/training_set.jsonl";
      if (meanwhile) appendFileSync(file, readFileSync(file, "utf8").split("\\n")[0] + "\\n");
      return "yes";
    };
    const around = { ...thisTerminal, pulumi, env, next: rehearsalCommands, terminal: true, ask };
    return runWithSummary(["up"], around);
  }),
);
`;
/** The last lines of an output. */
const end = (output: string, lines: number) => output.trimEnd().split("\n").slice(-lines).join("\n");

it("a preview ends with verdict, cost and warnings, and its events say what its digest says", async () => {
  const { code, output } = await checkout.pulumi("preview");
  expect({ code, output }).toSucceed();
  expect(end(output, 6)).toMatch(
    /^Stack local: Trains\. The first fine-tuning job runs and costs \$.*\n {2}because .*\n {2}cost .*\n( {2}warning .*\n?)+$/,
  );
  const log = path.join(checkout.folder, "events.jsonl");
  const { stdout } = await checkout.pulumi("preview", "--json", "--show-sames", "--event-log", log);
  const today = new Date("2026-11-23");
  expect(summarize(previewOfEvents(readUpEvents(log)), today)).toEqual(summarize(readPreview(stdout), today));
  expect(readFileSync(log, "utf8")).not.toBe("");
});

it("an up is asked about below what it means, and does what was shown", async () => {
  const { code, output } = await checkout.run("commands/scripted-up");
  expect({ code, output }).toSucceed();
  expect(output).toMatch(/Stack local: Trains\.[^\n]*(\n {2}(because|cost|warning) [^\n]*)+\nPerform this update\?/);
  expect(output).toMatch(/\nThis run trained the model\.\n[^]*\n {2}outputs {2}npm run local -- stack output\n$/);
  expect(output).not.toMatch(/^Outputs:|Update plan written/m);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
});

it("npm start ends with what it did", async () => {
  const { code, output } = await checkout.run("commands/start");
  expect({ code, output }).toSucceed();
  expect(output).toMatch(
    /\nThis run trained nothing and changed nothing\.\n {2}cost {5}on Azure: no training cost; hosting[^]*\n\nNext\n(?: {2}.*\n){3}$/,
  );
});

it("a file that changed after the preview ends the up before anything is changed or paid", async () => {
  const { code, output } = await checkout.run("commands/scripted-up", "change");
  expect({ code, output }).toFail();
  expect(output).toContain("Stack local: No change.");
  expect(end(output, 1)).toMatch(
    /^Since the preview, something has changed: finetune-training-data: .*examples.* Nothing was changed\. Run the command again/,
  );
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
});
