import { describe, expect, it, jest } from "@jest/globals";
import { costEstimateHandler } from "../../../dynamic-providers/cost-estimate/handler";
import type { CostEstimateInputs } from "../../../dynamic-providers/cost-estimate/schema";
import { costKey, type JobPlan, RunPlan } from "../../../dynamic-providers/runtime/run-plan";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";

const args = {
  job: "finetune-job",
  ...{ model: "gpt-4.1", method: "supervised", trainingType: "Standard", location: "northcentralus" },
  ...{ epochs: 2, trainingTokens: 1_234_567, deploymentSku: "Standard", deploy: true, __provider: "text" },
};
interface Run {
  day?: string;
  /** What the run does about its job, of which it knows first. */
  job?: JobPlan;
  /** What the estimate was in the state. */
  before?: object;
}
const check = async (over: object = {}, { day = "2026-11-22", job = { does: "train" }, before = {} }: Run = {}) => {
  const plan = new RunPlan(() => undefined);
  const handler = costEstimateHandler(() => new Date(day), plan);
  const news = { ...args, ...over } as unknown as CostEstimateInputs;
  plan.job("marker", costKey(news, news.job), job);
  const { inputs, failures } = await handler.check!(before as CostEstimateInputs, news);
  return {
    estimate: (inputs as CostEstimateInputs).estimate,
    failures: failures!.map(({ property, reason }) => `${property}: ${reason}`),
  };
};

describe("CostEstimate.check", () => {
  it("prices training and hosting, to the cent", async () => {
    expect(await check()).toEqual({
      estimate: {
        epochs: { low: 2, high: 2 },
        trainingTokens: { low: 2_469_134, high: 2_469_134 },
        trainingUsd: { low: 67.9, high: 67.9 },
        hostingUsdPerHour: 1.7,
        hostingUsdPerMonth: 1241,
        priceDate: "2026-08-11",
        assumptions: [],
      },
      failures: [],
    });
  });

  it("gives a range for auto epochs", async () => {
    const { estimate } = await check({ epochs: "auto" });
    expect([estimate.trainingUsd, estimate.assumptions.length]).toEqual([{ low: 33.95, high: 101.85 }, 1]);
  });

  it("hosts nothing that is not deployed", async () => {
    expect((await check({ deploy: false, deploymentSku: "Nonsense" })).estimate.hostingUsdPerMonth).toBe(0);
  });

  it("prices the base model's own deployment by its tokens, and hosts it for nothing", async () => {
    const { estimate, failures } = await check({ baseModel: { sku: "GlobalStandard" } });
    expect(failures).toEqual([]);
    expect(estimate).toMatchObject({ hostingUsdPerHour: 1.7, hostingUsdPerMonth: 1241 });
    expect(estimate.baseModel).toEqual({
      model: "gpt-4.1-2025-04-14",
      sku: "GlobalStandard",
      perMillionTokens: { input: 2, cachedInput: 0.5, output: 8 },
      usdPerHour: 0,
    });
  });

  it("refuses a deployment type that the base model doesn't have there by itself", async () => {
    const { failures } = await check({ baseModel: { sku: "DeveloperTier" } });
    expect(failures).toEqual([
      expect.stringMatching(/^baseModelSku: The base model gpt-4\.1-2025-04-14 can't .*; expected Standard, DataZone/),
    ]);
  });

  it("stops a run that deploys a base model which is retired, and none that has it deployed", async () => {
    const o4 = { model: "o4-mini", method: "reinforcement", location: "eastus2", baseModel: { sku: "Standard" } };
    const after = { day: "2026-11-27", job: { does: "keep" } as JobPlan };
    const { failures, estimate } = await check(o4, after);
    expect(failures).toEqual([expect.stringMatching(/^budget: The base model o4-mini-2025-04-16 was retired on/)]);
    expect((await check(o4, { ...after, before: { estimate } })).failures).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ["training within", { maxTrainingUsd: 67.9 }, []],
    [
      "training over",
      { maxTrainingUsd: 67.89 },
      ["budget: Training would cost $67.90, over budget.maxTrainingUsd of $67.89. Raise"],
    ],
    ["hosting within", { maxHostingUsdPerMonth: 1241 }, []],
    [
      "hosting over",
      { maxHostingUsdPerMonth: 1000 },
      [
        "budget: Hosting would cost $1,241.00 a month ($1.70 an hour), over budget.maxHostingUsdPerMonth of $1,000.00. Raise",
      ],
    ],
    ["both over", { maxTrainingUsd: 0, maxHostingUsdPerMonth: 0 }, ["budget: Training", "budget: Hosting"]],
  ])("budget: %s", async (_, budget, expected) => {
    const { failures } = await check({ budget });
    expect(failures).toHaveLength(expected.length);
    for (const [index, text] of expected.entries()) expect(failures[index]).toContain(text);
  });

  const { method: _m, trainingType: _t, epochs: _e, trainingTokens: _n, ...hostedArgs } = args;
  const hostingOnly = async (over: object = {}, before: object = {}, day = "2026-11-22") => {
    const handler = costEstimateHandler(() => new Date(day), new RunPlan(() => undefined));
    const news = { ...hostedArgs, hostingOnly: true, ...over } as unknown as CostEstimateInputs;
    const { inputs, failures } = await handler.check!(before as CostEstimateInputs, news);
    const { estimate } = inputs as Partial<CostEstimateInputs>;
    return { estimate, failures: failures!.map(({ reason }) => reason) };
  };

  it("prices hosting alone where another stack has trained the model, wherever it may be trained", async () => {
    expect(await hostingOnly({ location: "japaneast" })).toEqual({
      estimate: {
        ...{ epochs: { low: 0, high: 0 }, trainingTokens: { low: 0, high: 0 }, trainingUsd: { low: 0, high: 0 } },
        ...{ hostingUsdPerHour: 1.7, hostingUsdPerMonth: 1241, priceDate: "2026-08-11", assumptions: [] },
      },
      failures: [],
    });
  });

  it("has no estimate yet while it is not known where that is hosted, nor of a model that the catalog lacks", async () => {
    expect(await hostingOnly({ location: UNKNOWN })).toEqual({ estimate: undefined, failures: [] });
    expect(await hostingOnly({ model: "gpt-9" })).toEqual({ estimate: undefined, failures: [] });
  });

  it.each<[string, object, object, string, RegExp[]]>([
    ["over the budget", { budget: { maxHostingUsdPerMonth: 1000 } }, {}, "2026-11-22", [/^Hosting would cost \$1,241/]],
    [
      "over the budget, as before",
      { budget: { maxHostingUsdPerMonth: 1000 } },
      { model: "gpt-4.1", estimate: { hostingUsdPerMonth: 1241 } },
      "2026-11-22",
      [],
    ],
    ["of a training budget", { budget: { maxTrainingUsd: 0 } }, {}, "2026-11-22", []],
    [
      "of a model that is retired",
      { model: "gpt-4o-mini" },
      { model: "gpt-4.1", estimate: { hostingUsdPerMonth: 1241 } },
      "2036-01-01",
      [
        /^Models tuned from gpt-4o-mini-2024-07-18 can no longer be deployed \(since 2027-10-01\)\. Promote a version trained from a different base model/,
      ],
    ],
    [
      "of a retired model that is hosted already",
      { model: "gpt-4.1" },
      { model: "gpt-4.1", estimate: { hostingUsdPerMonth: 1241 } },
      "2036-01-01",
      [],
    ],
  ])("hosting alone, %s", async (_, over, before, day, expected) => {
    const { failures } = await hostingOnly(over, before, day);
    expect(failures).toHaveLength(expected.length);
    for (const [index, sentence] of expected.entries()) expect(failures[index]).toMatch(sentence);
  });

  const keep: JobPlan = { does: "keep", jobId: "ftjob-1" };
  const hosted = (hostingUsdPerMonth: number) => ({ estimate: { hostingUsdPerMonth } });
  it.each<[string, Run, string[]]>([
    ["nothing trains, and what is hosted was before", { job: keep, before: hosted(1241) }, []],
    ["nothing trains, and hosting becomes dearer", { job: keep, before: hosted(1000) }, ["budget: Hosting"]],
    ["nothing trains, and nothing was hosted", { job: keep, before: hosted(0) }, ["budget: Hosting"]],
    ["a job is taken over", { job: { does: "take over", jobId: "ftjob-1" }, before: hosted(1241) }, []],
    ["it trains", { before: hosted(1241) }, ["budget: Training", "budget: Hosting"]],
  ])("budget: %s", async (_case, run, expected) => {
    const { failures } = await check({ budget: { maxTrainingUsd: 1, maxHostingUsdPerMonth: 1 } }, run);
    expect(failures.map((failure) => failure.split(" ").slice(0, 2).join(" "))).toEqual(expected);
  });

  it.each<[string, Run, string[]]>([
    ["before the training ends", { day: "2027-04-13" }, []],
    ["after it", { day: "2027-04-15" }, ["can no longer be fine-tuned (since 2027-04-14); Azure would refuse the job"]],
    ["after it, where nothing trains", { day: "2027-04-15", job: keep, before: hosted(1241) }, []],
    ["after the deployments end, where nothing is new", { day: "2027-10-15", job: keep, before: hosted(1241) }, []],
    [
      "after it, where it is hosted for the first time",
      { day: "2027-10-15", job: keep },
      ["can no longer be deployed (since 2027-10-14)"],
    ],
  ])("a retired model: %s", async (_case, run, expected) => {
    const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
    const { failures } = await check({}, run);
    log.mockRestore();
    expect(failures).toEqual(expected.map((text) => expect.stringContaining(text)));
    for (const failure of failures.filter((text) => text.includes("fine-tuned"))) {
      expect(failure).toContain("keep working until 2027-10-14");
      expect(failure).toMatch(/Set model to one of: o4-mini-2025-04-16\. .*catalogFile/);
    }
  });

  it("gives hours, the graders' rates and what a region's price assumes", async () => {
    const o4 = { model: "o4-mini", method: "reinforcement", location: "eastus2", graderModels: ["gpt-4.1", "gpt-4o"] };
    const { estimate, failures } = await check({ ...o4 });
    expect(failures).toEqual([]);
    expect(estimate).toMatchObject({ trainingUsd: { low: 110, high: 5000 }, trainingHours: { low: 1, high: 45.5 } });
    expect(estimate.assumptions.at(-1)).toMatch(
      /^Each grader's own tokens are billed separately: gpt-4\.1 at \$2\.2 .*; gpt-4o at \$2\.75 /,
    );
    const provisioned = { deploymentSku: "ProvisionedManaged", capacity: 50, trainingType: "GlobalStandard" };
    const there = (await check({ ...provisioned, location: "marscentral" })).estimate;
    expect([there.hostingUsdPerHour, there.assumptions.length]).toEqual([120, 1]);
    const here = (await check({ ...provisioned, location: "uksouth" })).estimate;
    expect([here.hostingUsdPerHour, here.assumptions]).toEqual([110, []]);
  });

  it("holds the upper end of a range against the budget, and refuses to guess without a price", async () => {
    expect((await check({ epochs: "auto", budget: { maxTrainingUsd: 100 } })).failures[0]).toContain(
      "$33.95 to $101.85",
    );
    const { estimate, failures } = await check({
      model: "gpt-5",
      method: "reinforcement",
      budget: { maxTrainingUsd: 100 },
    });
    expect([estimate.trainingUsd, failures[0]]).toEqual([
      null,
      expect.stringContaining("the catalog has no price to compare with"),
    ]);
  });

  it("refuses more than two billion tokens x epochs", async () => {
    expect((await check({ trainingTokens: 1_000_000_000, epochs: 2 })).failures).toEqual([]);
    expect((await check({ trainingTokens: 1_000_000_001, epochs: 2 })).failures[0]).toContain(
      "trainingTokens: Tokens x epochs come to 2,000,000,002",
    );
  });

  it.each([
    ["location", { location: "westeurope" }],
    ["trainingType", { trainingType: "Cheap" }],
    ["model", { model: "gpt-9" }],
    ["deploymentSku", { deploymentSku: "Huge" }],
  ])("fails on %s", async (property, over) => {
    expect((await check(over)).failures[0]).toMatch(new RegExp(`^${property}: `));
  });

  it("has no estimate while an input is unknown, and still checks the others", async () => {
    expect(await check({ trainingTokens: UNKNOWN })).toEqual({ estimate: undefined, failures: [] });
    const { estimate, failures } = await check({ trainingTokens: UNKNOWN, location: "westeurope" });
    expect([estimate, failures.length]).toEqual([undefined, 2]);
    expect(await check({ epochs: UNKNOWN, budget: { maxTrainingUsd: UNKNOWN } })).toEqual({
      estimate: undefined,
      failures: [],
    });
  });

  it("prints a coming retirement and keeps the day out of the inputs", async () => {
    const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
    const near = await check({}, { day: "2027-04-01" });
    expect(log.mock.calls.map(([line]) => String(line))).toEqual([
      expect.stringContaining("gpt-4.1-2025-04-14 will be retired on 2027-04-14 (in 13 days)"),
      expect.stringContaining("will be closed to fine-tuning on 2027-04-14"),
    ]);
    expect(near).toEqual(await check({}, { day: "2026-11-22" }));
    log.mockRestore();
  });

  it("hangs a bad catalog file on its setting", async () => {
    expect((await check({ catalogFile: "nowhere.json" })).failures[0]).toContain(
      "catalogFile: The catalog file 'nowhere.json' can't be read",
    );
  });
});

it("takes a ceiling that is removed for a change, which a reviewer sees", async () => {
  const handler = costEstimateHandler(() => new Date("2026-11-22"));
  const state = { ...args, budget: { maxTrainingUsd: 100 }, estimate: { priceDate: "2026-08-11" } };
  const { budget: _, ...without } = state;
  const diff = (news: object) => handler.diff!("", state as unknown as CostEstimateInputs, news as CostEstimateInputs);
  expect(await diff({ ...state, __provider: "other text" })).toEqual({ changes: false });
  expect(await diff(without)).toEqual({ changes: true });
});

it("takes assumptions that are only worded differently for no change, and other figures for one", async () => {
  const handler = costEstimateHandler(() => new Date("2026-11-22"));
  const { inputs } = await handler.check!({} as CostEstimateInputs, { ...args, epochs: "auto" } as never);
  const news = inputs as CostEstimateInputs;
  expect(news.estimate.assumptions).not.toEqual([]);
  const worded = { ...news, estimate: { ...news.estimate, assumptions: ["Old words."] } };
  expect(await handler.diff!("", worded, news)).toEqual({ changes: false });
  const dearer = { ...worded, estimate: { ...worded.estimate, hostingUsdPerMonth: 1 } };
  expect(await handler.diff!("", dearer, news)).toEqual({ changes: true });
  expect(await handler.diff!("", worded, { ...news, estimate: UNKNOWN } as never)).toEqual({ changes: true });
});
