import { writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { runWithSummary } from "../../../tools/plan/run";
import type { EngineEvent } from "../../../tools/up-events";

const urn = "urn:pulumi:local::azure-openai-finetune::finetune:index:P$azure-native:cognitiveservices:Account::account";
const type = "azure-native:cognitiveservices:Account";
const change: EngineEvent = {
  resourcePreEvent: {
    metadata: { op: "update", urn, type, old: { inputs: { tags: {} } }, new: { inputs: { tags: { a: "b" } } } },
  },
};

/** A pulumi that answers with these events, run by run, and answers to our question. */
function surroundings(runs: { code?: number; events: EngineEvent[] }[], answers: (string | undefined)[]) {
  const ran: string[][] = [];
  const shown: string[] = [];
  return {
    ran,
    shown,
    terminal: true,
    today: () => new Date("2026-11-23"),
    show: (text: string) => void shown.push(text.replace(/\u001b\[\d+m/g, "")),
    ask: (question: string) => {
      shown.push(question);
      return Promise.resolve(answers.shift());
    },
    pulumi: (args: string[]) => {
      ran.push(args);
      const { code = 0, events } = runs.shift()!;
      const log = args[args.indexOf("--event-log") + 1]!;
      writeFileSync(log, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
      return Promise.resolve({ code, stdout: "", stderr: "" });
    },
  };
}
/** Without the paths of the temporary folder. */
const flags = (args: string[]) => args.filter((arg) => !arg.startsWith("/"));

test("a preview ends with what it means", async () => {
  const around = surroundings([{ events: [change] }], []);
  expect(await runWithSummary(["preview", "--diff"], around)).toBe(0);
  expect(around.ran.map(flags)).toEqual([["preview", "--event-log", "--diff"]]);
  expect(around.shown).toEqual([expect.stringMatching(/^Stack local: Changes settings\. No training/)]);
});

test("an up is previewed, explained, asked, and held to what was shown", async () => {
  const around = surroundings([{ events: [change] }, { events: [change] }], ["y", "details", "yes"]);
  expect(await runWithSummary(["up", "--diff"], around)).toBe(0);
  expect(around.ran.map(flags)).toEqual([
    ["preview", "--event-log", "--save-plan", "--diff"],
    ["up", "--yes", "--skip-preview", "--plan", "--event-log", "--diff"],
  ]);
  const [preview, up] = around.ran as [string[], string[]];
  expect(up[up.indexOf("--plan") + 1]).toBe(preview[preview.indexOf("--save-plan") + 1]);
  expect(around.shown).toEqual([
    expect.stringContaining("Changes settings"),
    expect.stringContaining("Perform this update?"),
    expect.stringContaining("the whole word"),
    expect.stringContaining("Perform this update?"),
    "  Account: tags  changed  0 -> 1",
    expect.stringContaining("Perform this update?"),
  ]);
});

test.each([["no"], [undefined]])("an up is not run when the answer is %s", async (answer) => {
  const around = surroundings([{ events: [change] }], [answer]);
  expect(await runWithSummary(["up"], around)).toBe(1);
  expect(around.ran).toHaveLength(1);
  expect(around.shown.at(-1)).toBe("Nothing was changed.");
});

test("a preview that failed asks nothing, and says why at its end", async () => {
  const message = "<{%reset%}>model is refused: 'x' can't be fine-tuned<{%reset%}>\n";
  const around = surroundings([{ code: 255, events: [{ diagnosticEvent: { severity: "error", message } }] }], []);
  expect(await runWithSummary(["up"], around)).toBe(255);
  expect(around.ran).toHaveLength(1);
  expect(around.shown).toEqual([
    "Blocked. The preview failed; nothing can be deployed as it stands.\n  because  model is refused: 'x' can't be fine-tuned",
  ]);
});

test("a command line that pulumi refuses is left to pulumi's own words", async () => {
  const around = surroundings([{ code: 255, events: [] }], []);
  expect(await runWithSummary(["preview", "--nonsense"], around)).toBe(255);
  expect(around.shown).toEqual([]);
});

test("an up that meets another plan than the one shown says so last", async () => {
  const violation: EngineEvent = {
    diagnosticEvent: {
      urn,
      severity: "error",
      message: `resource ${urn} violates plan: properties changed: =~tags[{x}]`,
    },
  };
  const around = surroundings([{ events: [change] }, { code: 255, events: [violation] }], ["yes"]);
  expect(await runWithSummary(["up"], around)).toBe(255);
  expect(around.shown.at(-1)).toMatch(
    /^Since the preview, something has changed: account: tags differ\. Nothing was changed/,
  );
});
