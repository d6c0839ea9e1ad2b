import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { parseSettings } from "../../config";
import { TRAINING } from "../../config/promotion";
import { settings } from "../../config/settings";

const parse = (settings: Record<string, unknown>) =>
  parseSettings(
    Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, JSON.stringify(value)])),
    "prod",
  );

/** Settings that a stack which promotes may have. */
const OF_SERVING = [
  ...["resourceGroupName", "location", "account", "tags", "localAuth", "network", "roles", "keys", "promote"],
  ...[
    "deploy",
    "probe",
    "retain",
    "budget",
    "catalogFile",
    "contentFilter",
    "identity",
    "encryption",
    "diagnostics",
    "evaluation",
    "transform",
  ],
];

it("each setting is either of a training, and refused beside promote.stack, or of what serves", () => {
  const { properties = {} } = z.toJSONSchema(settings, { io: "input", unrepresentable: "any" });
  const training = TRAINING.map(([path]) => path).filter((path) => !path.includes("."));
  expect(Object.keys(properties).sort()).toEqual([...new Set([...OF_SERVING, ...training])].sort());
});

describe("a stack that promotes", () => {
  it.each<[unknown, unknown]>([
    ["dev", undefined],
    ["contoso/tutor/dev", 3],
    ["dev", `ftjob-${"a".repeat(32)}`],
  ])("from %s, version %p", (stack, version) => {
    expect(parse({ promote: { stack, version } }).promote).toEqual({
      stack,
      ...(version !== undefined && { version }),
    });
  });

  it("may say in other words what is the default, and how it deploys", () => {
    const { deploy } = parse({
      ...{ promote: { stack: "dev" }, training: { wait: true, waitMinutes: 300 }, retain: { versions: 5 } },
      budget: { maxHostingUsdPerMonth: 2000 },
      deploy: { sku: "GlobalStandard", checkpoint: "last", gate: {}, version: "previous" },
    });
    expect(deploy).toMatchObject({ sku: "GlobalStandard", version: "previous" });
  });

  it.each<[string, Record<string, unknown>]>([
    ["job", { job: { extraBody: { tier: "new" } } }],
    ["dataset", { dataset: { training: "data/other.jsonl" } }],
    ["hyperparameters", { hyperparameters: { nEpochs: 3 } }],
    ["seed", { seed: 7 }],
    ["training", { training: { retry: 1 } }],
    ["deploy.checkpoint", { deploy: { checkpoint: "best" } }],
    ["deploy.gate", { deploy: { gate: { maxValidationLoss: 1 } } }],
    ["budget.maxTrainingUsd", { budget: { maxTrainingUsd: 5 } }],
    ["retain.model", { retain: { model: true } }],
    ["integrations", { integrations: [{ type: "wandb", project: "p" }] }],
  ])("has no %s of its own", (path, settings) => {
    expect(() => parse({ promote: { stack: "dev" }, ...settings })).toThrow(
      `${path} is set, but promote.stack is "dev": that stack trains and keeps the model, and this one only deploys it. Remove ${path}, or promote.stack.`,
    );
  });
});

describe("its evaluation", () => {
  const evaluated = (evaluation: object, more: object = {}) =>
    parse({ promote: { stack: "dev" }, evaluation, ...more }).evaluation;

  it("has the settings of any other", () => {
    const given = { enabled: true, cases: "cases.jsonl", against: ["serving", "base"], minGain: 0, maxUsd: 5 };
    expect(evaluated(given)).toMatchObject(given);
  });

  it("needs cases of its own, unless it is off", () => {
    expect(() => evaluated({ enabled: true })).toThrow(
      "evaluation.cases is missing, and a stack with promote.stack has no validation file to use instead. Set it to a JSONL file.",
    );
    expect(evaluated({ enabled: false, minGain: 0 })).toMatchObject({ enabled: false });
  });

  it("takes no address with a secret, and does not repeat it", () => {
    const cases = "https://team.blob.core.windows.net/cases/a.jsonl?sig=SECRET";
    let message = "";
    try {
      evaluated({ enabled: true, cases });
    } catch (error) {
      ({ message } = error as Error);
    }
    expect(message).toMatch(/^evaluation\.cases: /m);
    expect(message).not.toContain("SECRET");
  });

  it("has no checkpoints to choose from", () => {
    expect(() => evaluated({ enabled: true, cases: "c.jsonl" }, { deploy: { checkpoint: "evaluated" } })).toThrow(
      /^deploy\.checkpoint is set, but promote\.stack/,
    );
  });
});

it.each<[object, RegExp]>([
  [{ version: 2 }, /^promote\.version is 2, but promote\.stack is missing/],
  [
    { stack: "a/b" },
    /^promote\.stack is "a\/b"; expected the name of a stack of this project, or <organization>\/<project>\/<stack>/,
  ],
  [
    { stack: "dev", version: "previous" },
    /^promote\.version is "previous"; expected a version number from 1 or a job ID/,
  ],
  [{ stack: "dev", version: 0 }, /^promote\.version is 0; expected a version number from 1 or a job ID/],
  [{ stack: "dev", versoin: 2 }, /promote\.versoin is not a setting\. Did you mean promote\.version\?/],
])("%j is refused", (promote, sentence) => {
  expect(() => parse({ promote })).toThrow(sentence);
});
