import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { fineTuningJobHandler } from "../../../../dynamic-providers/fine-tuning-job/handler";
import type {
  FineTuningJobArgs,
  FineTuningJobInputs,
  GraderTrialArgs,
} from "../../../../dynamic-providers/fine-tuning-job/schema";
import { UNKNOWN } from "../../../../dynamic-providers/runtime/unknown";
import { rehearse, type Rehearsal, upload } from "../../../support/rehearsal";

let rehearsal: Rehearsal;
let fileId: string;
let path: string;
beforeEach(async () => {
  rehearsal = await rehearse({ settings: { trainingSeconds: 600 } });
  const cities = ["Paris", "Rome", "Madrid", "Lisbon", "Vienna", "Prague", "Oslo", "Dublin", "Berne", "Sofia"];
  const rows = cities.map((city, at) => ({
    messages: [{ role: "user", content: `Which city is number ${at}?` }],
    reference: city,
    ...(at === 0 && { rare: city }),
  }));
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  path = rehearsal.file("prompts.jsonl", text).path;
  fileId = upload(rehearsal, "prompts-1.jsonl", text).fileId;
});
afterEach(() => rehearsal.close());

const check = (reference: string, more: object = {}) => ({
  ...{ type: "string_check", name: "exact", operation: "eq", input: "{{sample.output_text}}", reference },
  ...more,
});
const judge = {
  ...{ type: "score_model", name: "judge", model: "gpt-4.1" },
  input: [{ role: "user", content: "Score {{sample.output_text}} against {{item.reference}}." }],
};
const python = { type: "python", name: "code", source: "def grade(sample, item):\n    return 1.0" };

function argsFor(grader: object, trial: Partial<GraderTrialArgs> | null, more: Partial<FineTuningJobArgs> = {}) {
  return {
    ...{ accountId: rehearsal.accountId, location: rehearsal.location, model: "o4-mini-2025-04-16" },
    ...{ method: "reinforcement", trainingType: "GlobalStandard", grader: grader as FineTuningJobArgs["grader"] },
    ...{ trainingFileId: fileId, validationFileId: fileId, trainingSha256: "ab", validationSha256: "cd" },
    ...{ project: "finetune", stack: "test", logicalName: "finetune-job" },
    ...(trial && { graderTrial: { path, ...trial } }),
    ...more,
  } as FineTuningJobInputs;
}

/** What a preview says against it, and what the `create` of another process does; the two must say the same. */
async function tried(grader: object, trial: Partial<GraderTrialArgs> | null = {}) {
  const handler = fineTuningJobHandler(rehearsal.newProcess());
  const { inputs, failures } = await handler.check({} as FineTuningJobInputs, argsFor(grader, trial));
  const created = await fineTuningJobHandler(rehearsal.newProcess())
    .create(inputs)
    .then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
  const said = failures.map(({ reason }) => reason).join("\n");
  expect(created).toBe(said === "" ? undefined : `No job was submitted, and nothing was charged. ${said}`);
  expect(rehearsal.account.dataPlane.jobsEverCreated).toBe(said === "" ? 1 : 0);
  return said;
}
const runs = () => rehearsal.proxy.count("POST", /graders\/run/);
const GRADERS = /\/fine_tuning\/alpha\/graders\//;

it("lets a grader through that tells answers apart: the row's own, another row's and none, of three rows", async () => {
  expect(await tried(check("{{item.reference}}"))).toBe("");
  expect(runs()).toBe(2 * 3 * 3);
});

it("tries once in one process, whatever is checked again before the job is paid", async () => {
  const handler = fineTuningJobHandler(rehearsal.newProcess());
  const args = argsFor(check("{{item.reference}}"), { rows: 1 });
  const { inputs } = await handler.check({} as FineTuningJobInputs, args);
  await handler.check({} as FineTuningJobInputs, args);
  await handler.create(inputs);
  expect(runs()).toBe(3);
});

it.each<[string, object, Partial<GraderTrialArgs>, RegExp]>([
  [
    "is refused by the service",
    { type: "multi", name: "m", graders: { a: python }, calculate_output: "a" },
    {},
    /^The service rejected the grader: grader\.graders\.a\.type is "python": a multi grader takes/,
  ],
  [
    "gives everything the same score",
    check("Atlantis"),
    { rows: 2 },
    /^The grader gives the same score \(0\) to all 6 answers it was tried on: the first 2 rows of .*prompts\.jsonl, each answered with the row's own reference, .*the text "I don't know\."/,
  ],
  [
    "fails on rows",
    check("{{item.rare}}"),
    {},
    /^The grader fails on .*prompts\.jsonl line 2, answered by the text "I don't know\." \(invalid_variable_error\); line 3, /,
  ],
  [
    "has a formula without a number",
    { type: "multi", name: "m", graders: { a: check("{{item.reference}}") }, calculate_output: "1 / (a - a)" },
    {},
    /^The grader fails on .*prompts\.jsonl line 1, .*\(other_error\)/,
  ],
])(
  "stops a grader that %s, before the job is paid; here as well as at the service",
  async (_, grader, trial, reason) => {
    expect(await tried(grader, trial)).toMatch(reason);
    if (reason.source.includes("rejected the grader")) return;
    // An account without the graders API.
    rehearsal.proxy.disturb("POST", GRADERS, { status: 404, code: "NotFound" }, 99);
    expect(await tried(grader, trial)).toMatch(reason);
    expect(rehearsal.lines.join("\n")).toMatch(/the service could not run the grader: .*404/);
  },
);

it("takes the answers of the settings: they may be all that earns a score", async () => {
  expect(await tried(check("Atlantis"), { answers: ["Atlantis"] })).toBe("");
});

it("limits what a model that grades costs, and says it", async () => {
  expect(await tried(judge)).toBe("");
  expect(runs()).toBe(2 * 3);
  const said = rehearsal.lines.join("\n");
  expect(said).toMatch(/trying the grader on 3 answers: you will be billed for the tokens of 3 gradings by gpt-4\.1/);
  expect(said).toMatch(/the grader used \d+ tokens for 3 answers/);
});

it.each<[string, object, () => void, RegExp]>([
  [
    "the service can't run it",
    python,
    () => undefined,
    /could not run the grader, so it was not tried: python_grader_server_error: /,
  ],
  [
    "the graders may not be called, and a model grades",
    judge,
    () => rehearsal.proxy.disturb("POST", GRADERS, { status: 403, code: "Forbidden" }, 99),
    /the grader calls gpt-4\.1, which only the service can do; it is not tried before the training/,
  ],
])("says that it was not tried, and stops nothing, where %s", async (_, grader, disturb, line) => {
  disturb();
  expect(await tried(grader)).toBe("");
  expect(rehearsal.lines.join("\n")).toMatch(line);
});

it("tries here what needs no service before there is an account, and announces the rest", async () => {
  const preview = async (grader: object) => {
    const more = { accountId: UNKNOWN, trainingFileId: UNKNOWN, validationFileId: UNKNOWN };
    const handler = fineTuningJobHandler(rehearsal.newProcess());
    return (await handler.check({} as FineTuningJobInputs, argsFor(grader, {}, more))).failures;
  };
  expect(await preview(check("Atlantis"))).toEqual([
    { property: "model", reason: expect.stringMatching(/the same score \(0\)/) },
  ]);
  expect(await preview(check("{{item.reference}}"))).toEqual([]);
  expect(await preview(python)).toEqual([]);
  expect(rehearsal.lines.join("\n")).toMatch(/`up` has the service try the grader before you pay for the job/);
  expect(rehearsal.proxy.count("POST", GRADERS)).toBe(0);
});

it("tries nothing where it is switched off", async () => {
  expect(await tried(check("Atlantis"), null)).toBe("");
  expect(rehearsal.proxy.count("POST", GRADERS)).toBe(0);
});
