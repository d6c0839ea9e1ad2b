import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { contentFilters, type ContentFilterRow } from "../../../catalog";
import { decisionOf } from "../../../commands/preview-summary/decision";
import { readPreview } from "../../../commands/preview-summary/read-preview";
import { MAX_BYTES, summarize } from "../../../commands/preview-summary/summary";
import { previewNames, recorded } from "./previews";
import { digest, type StepInput } from "./digest";

const today = new Date("2026-11-23T00:00:00Z");
const summaryOf = (text: string) => summarize(readPreview(text), today);

describe("recorded previews of the real program", () => {
  it.each(previewNames)("%s", (name) => {
    expect(summaryOf(recorded(name)).markdown).toMatchSnapshot();
  });

  it("have these verdicts", () => {
    expect(Object.fromEntries(previewNames.map((name) => [name, summaryOf(recorded(name)).verdict]))).toEqual({
      first: "trains",
      "no-change": "none",
      "data-change": "retrains",
      "model-change": "retrains",
      "budget-blown": "blocked",
      "deployment-change": "redeploys",
      "gate-missed": "blocked",
      "deployment-lost": "redeploys",
      "two-models": "retrains",
    });
  });

  it.each(previewNames)("%s begins with the title and the verdict", (name) => {
    const [title, , line] = summaryOf(recorded(name)).markdown.split("\n");
    expect(title).toMatch(/^## Fine-tuned models?: stack `(local|dev)`$/);
    expect(line).toMatch(/^\*\*(Trains|Retrains|Redeploys|No change|Blocked)\.\*\* /);
  });

  it.each(["first", "data-change", "deployment-change", "no-change", "gate-missed"] as const)(
    "docs/pull-request-check.md shows the verdict of %s",
    (name) => {
      const line = summaryOf(recorded(name)).markdown.split("\n")[2];
      expect(readFileSync("docs/pull-request-check.md", "utf8")).toContain(line!);
    },
  );

  it.each(previewNames)("%s gives the same text whenever it is read that day", (name) => {
    expect(summaryOf(recorded(name))).toEqual(summaryOf(recorded(name)));
  });
});

const job: StepInput = {
  type: "FineTuningJob",
  inputs: {
    model: "gpt-4o-mini-2024-07-18",
    method: "supervised",
    trainingType: "Standard",
    trainingSha256: "a".repeat(64),
  },
  outputs: { jobId: "ftjob-0123456789abcdef0123456789abcdef", status: "succeeded", record: "present" },
};
const model: StepInput = {
  type: "TrainedModel",
  inputs: { checkpoint: "last", wait: true },
  outputs: { fineTunedModel: "m" },
};
const deployment: StepInput = {
  type: "azure-native:cognitiveservices:Deployment",
  inputs: { deploymentName: "tuned", sku: { name: "Standard", capacity: 1 }, properties: { model: { name: "m" } } },
};
const account: StepInput = {
  type: "azure-native:cognitiveservices:Account",
  inputs: {
    accountName: "acc",
    location: "northcentralus",
    sku: { name: "S0" },
    properties: { disableLocalAuth: true, publicNetworkAccess: "Disabled" },
  },
};

it.each<[string, object | undefined, object | undefined, string[]]>([
  [
    "added",
    undefined,
    { method: { supervised: { rank: "hush" } } },
    ["The request's field `method.supervised.rank` was added."],
  ],
  ["changed", { rank: "hush" }, { rank: "hush!" }, ["The request's field `rank` was changed."]],
  [
    "removed",
    { rank: "hush", "<b>": 1 },
    {},
    ["The request's field `rank` was removed.", "The request's field (not shown) was removed."],
  ],
])("a field without a setting that is %s is named, never its value", (_case, before, after, sentences) => {
  const changed: StepInput = {
    ...job,
    op: "replace",
    old: { ...job.inputs, extraBody: before },
    inputs: { ...job.inputs, extraBody: after },
    reasons: ["trainingKey"],
  };
  const { verdict, markdown } = summaryOf(digest([changed, model]));
  expect(verdict).toBe("retrains");
  for (const sentence of sentences) expect(markdown).toContain(sentence);
  expect(markdown).toContain("fields without a setting");
  expect(markdown).not.toMatch(/hush|<b>/);
});

describe("verdicts", () => {
  it("only waits: the job of the state still runs", () => {
    const { outputs: _, ...unfinished } = model;
    const steps = [
      job,
      { ...unfinished, op: "update", outputs: { status: "running" } },
      { ...deployment, op: "create" },
    ];
    const { verdict, markdown } = summaryOf(digest(steps));
    expect(verdict).toBe("waits");
    expect(markdown).toContain(
      "**Waits only.** The running fine-tuning job continues, then the model is deployed; no new job",
    );
  });

  it.each([
    [
      "a job that failed",
      [job, { ...model, op: "update", outputs: { status: "failed" } }],
      /ended with status failed\. .*training\.retry/,
    ],
    [
      "a job that is gone with its model",
      [{ ...job, op: "update", outputs: { record: "lost" } }, model],
      /no longer exist.*training\.retry/,
    ],
  ] as [string, StepInput[], RegExp][])("blocked: %s", (_case, steps, line) => {
    const { verdict, markdown } = summaryOf(digest(steps));
    expect(verdict).toBe("blocked");
    expect(markdown).toMatch(line);
  });

  it("warns of nothing that doesn't happen, where `up` stops", () => {
    const gone = { ...deployment, op: "replace", old: deployment.inputs };
    const steps = [job, { ...model, op: "update", outputs: { status: "failed" } }, gone];
    expect(summaryOf(digest(steps)).markdown).not.toMatch(/Warnings|clients will get 404 in between/);
  });

  it.each<[string, object, Partial<StepInput> | undefined, string, RegExp]>([
    [
      "by somebody else",
      {},
      { outputs: { pausedByStack: false } },
      "blocked",
      /this stack did not pause it: `up` does not/,
    ],
    ["by somebody, in a preview without what stays the same", {}, undefined, "blocked", /this stack did not pause it/],
    ["by somebody unknown", {}, { op: "update", outputs: { paused: true } }, "blocked", /this stack did not pause it/],
    ["by the settings", { paused: true }, { outputs: { pausedByStack: true } }, "blocked", /`training\.paused` keeps/],
    [
      "by the stack, and the settings resume it",
      {},
      { op: "update", outputs: { paused: true, pausedByStack: true } },
      "waits",
      /Waits only/,
    ],
    [
      "by somebody, while the settings asked for it, and now resume it",
      {},
      { op: "update", outputs: { paused: true, pausedByStack: false } },
      "waits",
      /Waits only/,
    ],
    ["by a preemption", { run: { trainingType: "Developer" } }, { outputs: {} }, "waits", /Waits only/],
  ])("of a job that is paused %s", (_case, inputs, more, word, line) => {
    const paused: StepInput = {
      ...{ type: model.type, op: "update" },
      ...{ inputs: { ...model.inputs, paused: false, ...inputs }, outputs: { status: "paused" } },
    };
    const { verdict, markdown } = summaryOf(digest(more ? [{ ...job, ...more }, paused] : [paused]));
    expect(verdict).toBe(word);
    expect(markdown).toMatch(line);
  });

  it("retrains after a failed job when `training.retry` was raised, and says so", () => {
    const retried: StepInput = {
      ...job,
      op: "replace",
      old: { ...job.inputs, retry: 0 },
      inputs: { ...job.inputs, retry: 1 },
      reasons: ["retry"],
    };
    const { verdict, markdown } = summaryOf(
      digest([retried, { ...model, op: "replace", outputs: { status: "failed" } }]),
    );
    expect(verdict).toBe("retrains");
    expect(markdown).toContain("- The last job did not succeed, and `training.retry` was increased.");
  });

  it("takes over a job that was made elsewhere without training", () => {
    const adopted: StepInput = { ...job, op: "create", inputs: { ...job.inputs, existingJobId: "ftjob-1" } };
    expect(
      summaryOf(digest([adopted, { ...model, op: "create" }, { ...deployment, op: "create" }])).verdict,
    ).not.toMatch(/trains/);
  });

  it.each<[string, string, string, RegExp]>([
    [
      "create",
      "running",
      "waits",
      /Waits only.*continues, then the model is deployed; no new job, no new training cost/,
    ],
    ["replace", "running", "waits", /Waits only.*no new job/],
    ["replace", "paused", "blocked", /paused, but this stack did not pause it/],
    [
      "create",
      "succeeded",
      "redeploys",
      /Redeploys.*The model of `ftjob-1` that is already trained is deployed; no new job/,
    ],
    ["replace", "succeeded", "redeploys", /Redeploys.*no new job, no training cost/],
  ])("a job to %s that an earlier run submitted, and that is %s: %s", (op, status, word, line) => {
    const there: StepInput = { ...job, op, inputs: { ...job.inputs, takesOver: { jobId: "ftjob-1", status } } };
    const preview = digest([there, { ...model, op }, { ...deployment, op }]);
    const { verdict, markdown } = summaryOf(preview);
    expect(verdict).toBe(word);
    expect(markdown).toMatch(line);
    expect(markdown).not.toMatch(/Why it trains|costs \$/);
    expect(decisionOf(readPreview(preview)).trainingUsd).toEqual({ low: 0, high: 0 });
  });

  it("says that `up` does not wait where `training.wait` is false", () => {
    const impatient = { ...model, inputs: { ...model.inputs, wait: false } };
    const submits = [
      { ...job, op: "create" },
      { ...impatient, op: "create" },
      { ...deployment, op: "create" },
    ];
    expect(summaryOf(digest(submits)).markdown).toMatch(
      /`training\.wait` is false: `up` submits the job, then ends with an error unless/,
    );
    const { outputs: _, ...unfinished } = impatient;
    const runs = [job, { ...unfinished, op: "update", outputs: { status: "running" } }];
    expect(summaryOf(digest(runs)).markdown).toMatch(/Waits only.*until the job finishes, `up` ends with an error/);
  });

  it("says that Azure may refuse another model in place", () => {
    const probe: StepInput = { type: "ChatProbe", inputs: { switch: "inPlace" } };
    const again: StepInput = { ...job, op: "replace", inputs: { ...job.inputs, trainingSha256: "b".repeat(64) } };
    const steps = [again, { ...model, op: "replace" }, { ...deployment, op: "update" }, { ...probe, op: "update" }];
    expect(summaryOf(digest(steps)).markdown).toMatch(/changes to the new model, where Azure allows that \(`deploy/);
  });

  it.each([
    ["the deployment", [{ ...deployment, op: "delete" }], /No training; the deployment will be deleted/],
    ["what another switch needs", [{ type: "DeploymentQuota", op: "delete", inputs: {} }], /no new deployment/],
  ] as [string, StepInput[], RegExp][])("changes, and doesn't destroy: only %s goes", (_what, gone, line) => {
    const { verdict, markdown } = summaryOf(digest([account, job, model, ...gone]));
    expect(verdict).toBe("changes");
    expect(markdown).toMatch(line);
  });

  it.each([
    [{ ...model, op: "update", outputs: { status: "failed" } }, { retry: 2 }, /increase `training\.retry` above 2\./],
    [{ ...model, op: "update", outputs: { status: "failed" } }, {}, /increase `training\.retry`\./],
    [model, { record: "lost", retry: 1 }, /raise `training\.retry` above 1 to/i],
  ] as [StepInput, object, RegExp][])(
    "names the value of `training.retry` that was used",
    (unfinished, outputs, line) => {
      expect(summaryOf(digest([{ ...job, op: "update", outputs }, unfinished] as StepInput[])).markdown).toMatch(line);
    },
  );

  it("changes: only the capacity of the deployment", () => {
    const more: StepInput = {
      ...deployment,
      op: "update",
      old: deployment.inputs,
      inputs: { ...deployment.inputs, sku: { name: "Standard", capacity: 5 } },
    };
    const { verdict, markdown } = summaryOf(digest([job, model, more]));
    expect(verdict).toBe("changes");
    expect(markdown).toContain("| Deployment: capacity (1,000 tokens per minute) | changed | 1 | 5 |");
  });

  it("destroys: everything goes", () => {
    const { verdict, markdown } = summaryOf(
      digest([job, model, deployment, account].map((step) => ({ ...step, op: "delete" }))),
    );
    expect(verdict).toBe("destroys");
    expect(markdown).toContain("| Deployment | removed |  |  |");
    expect(markdown).toContain("- The account will be permanently deleted, with every file, job and model in it");
  });

  it("says of a moved account that everything in it goes", () => {
    const moved: StepInput = {
      ...account,
      op: "replace",
      old: account.inputs,
      inputs: { ...account.inputs, location: "swedencentral" },
    };
    const again: StepInput = {
      ...job,
      op: "replace",
      old: { ...job.inputs, location: "northcentralus" },
      inputs: { ...job.inputs, location: "swedencentral" },
      reasons: ["location"],
    };
    const { markdown } = summaryOf(digest([moved, again]));
    expect(markdown).toContain("The account will be replaced: its endpoint and keys will change");
    expect(markdown).toContain("- The account will change, and models can't be moved to another account.");
  });
});

describe("warnings", () => {
  it.each([
    [
      "recreate",
      "other",
      /`tuned` will be replaced by `other`: clients that call the old name will get 404 and must be changed to the new name\. The old one will be deleted first, so calls will fail/,
    ],
    ["blueGreen", "other", /`tuned` will be replaced by `other`: .*The old one will be deleted at the end of `up`/],
    [
      "recreate",
      "tuned",
      /`tuned` will be deleted and recreated under the same name: clients will get 404 in between, for a few minutes to an hour/,
    ],
  ])("a deployment that is replaced under %s, and is called %s then", (mode, deploymentName, line) => {
    const replaced: StepInput = { ...deployment, op: "replace", old: deployment.inputs };
    const probe: StepInput = { type: "ChatProbe", op: "update", inputs: { switch: mode } };
    const steps = [job, model, { ...replaced, inputs: { ...deployment.inputs, deploymentName } }, probe];
    expect(summaryOf(digest(steps)).markdown).toMatch(line);
  });

  const served = (op: string, over: object, mode = "blueGreen"): StepInput[] => [
    { ...deployment, op, old: deployment.inputs, inputs: { ...deployment.inputs, ...over } },
    { type: "ChatProbe", op: "update", inputs: { switch: mode } },
  ];
  const otherModel = { properties: { model: { name: "n" } } };
  const changed = (properties: object): StepInput => ({
    ...account,
    op: "update",
    old: { ...account.inputs, properties: { disableLocalAuth: false, publicNetworkAccess: "Enabled" } },
    inputs: {
      ...account.inputs,
      properties: { disableLocalAuth: false, publicNetworkAccess: "Enabled", ...properties },
    },
  });
  const retrained = (old: object): StepInput[] => [
    { ...job, op: "replace", old: { ...job.inputs, ...old }, reasons: ["trainingKey"] },
    { ...model, op: "replace" },
  ];

  it("a content filter that becomes weaker than Azure's own, once", () => {
    const policy = (...rows: ContentFilterRow[]) => ({ properties: { contentFilters: contentFilters(rows) } });
    const off = { name: "Jailbreak", enabled: false };
    const type = "azure-native:cognitiveservices:RaiPolicy";
    const step = (op: string, old: Record<string, unknown>, inputs: Record<string, unknown>): StepInput => ({
      type,
      op,
      old,
      inputs,
    });
    const line = "The content filter will let more through than Azure's own: Jailbreak (Prompt) is off.";
    const said = (one: StepInput) => summaryOf(digest([one])).markdown.includes(line);
    expect(said(step("create", {}, policy(off)))).toBe(true);
    expect(said(step("update", policy(), policy(off)))).toBe(true);
    expect(said(step("update", policy(off), policy(off, { name: "Profanity" })))).toBe(false);
    expect(said(step("update", policy(off), policy()))).toBe(false);
    expect(said(step("delete", policy(off), policy(off)))).toBe(false);
  });

  it.each<[string, StepInput[], RegExp]>([
    [
      "keys that are switched off, and the outputs that go",
      [changed({ disableLocalAuth: true })],
      /API keys will be disabled on the account\. Clients that sign in with a key will be refused \(403 AuthenticationTypeDisabled\), and the AZURE_OPENAI_API_KEY and AZURE_OPENAI_API_KEY_2 outputs will be removed/,
    ],
    [
      "a key that is rotated",
      [{ type: "AccountKeys", op: "update", old: { rotation: 0 }, inputs: { rotation: 1 } }],
      /A key will be rotated: the key in the AZURE_OPENAI_API_KEY_2 output will be .*Clients that still use the regenerated key's old value will be refused/,
    ],
    [
      "no public access any more",
      [changed({ publicNetworkAccess: "Disabled" })],
      /will no longer be reachable from the internet/,
    ],
    [
      "a network rule that keeps out",
      [changed({ networkAcls: { defaultAction: "Deny" } })],
      /will accept only networks that a rule allows/,
    ],
    [
      "a name that keeps, and another model under it",
      served("update", otherModel, "inPlace"),
      /`tuned` will keep its name but serve a different model/,
    ],
    [
      "the same, recreated",
      served("replace", otherModel, "recreate"),
      /`tuned` will keep its name but serve a different model/,
    ],
    [
      "less capacity",
      served("update", { sku: { name: "Standard", capacity: 0.5 } }),
      /capacity will drop from 1 to 0\.5: .*429/,
    ],
    [
      "a new name that is not known yet",
      served("replace", { deploymentName: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }),
      /`tuned` will be replaced by a new one \(its name will be known after `up`\)/,
    ],
    [
      "a deployment that is deleted",
      [{ ...deployment, op: "delete" }, account],
      /`tuned` will be deleted: clients that call it will get 404, and the outputs AZURE_OPENAI_DEPLOYMENT/,
    ],
    [
      "a model that is permanently deleted",
      retrained({}),
      /The model `m` will be permanently deleted with its job: .*pay again\. To keep it, set `retain\.model` to true and run `up` before/,
    ],
  ])("%s", (_case, steps, line) => {
    expect(summaryOf(digest(steps)).markdown).toMatch(line);
  });

  /** After a change of models that was interrupted: the new model is trained, the old one serves, its job and model wait for their deletion. */
  const interrupted = (kept: Record<string, unknown>): StepInput[] => [
    job,
    { ...model, outputs: { fineTunedModel: "n" } },
    ...served("update", otherModel),
    { ...job, op: "delete-replaced", old: kept, outputs: { jobId: "ftjob-0" } },
    { ...model, op: "delete-replaced", old: {}, outputs: { jobId: "ftjob-0", fineTunedModel: "m" } },
  ];

  it.each<[string, StepInput[], RegExp]>([
    [
      "permanently deleted where `retain.model` was off",
      interrupted({}),
      /`m`, which stays deployed until the switch, will be permanently deleted with its job: /,
    ],
    [
      "deleted or kept where the preview doesn't list its job",
      interrupted({}).slice(0, -2),
      /`m`, which stays deployed until the switch, will be permanently deleted with its job, unless `retain` was set to keep it/,
    ],
  ])("the model that served before an interrupted change is %s", (_case, steps, line) => {
    expect(summaryOf(digest(steps)).markdown).toMatch(line);
  });

  it.each<[string, StepInput[], RegExp]>([
    [
      "a model that serves until then, and is kept (retain.model)",
      interrupted({ retain: { model: true } }),
      /permanently deleted/,
    ],
    ["a model that is kept", retrained({ retain: { model: true } }), /permanently deleted/],
    [
      "a model that was taken over and is kept",
      retrained({}).map((step) => ({ ...step, outputs: { ...step.outputs, adopted: true } })),
      /permanently deleted/,
    ],
    ["more capacity", served("update", { sku: { name: "Standard", capacity: 9 } }), /429|404|another model/],
    ["nothing that changes", [account, job, model, deployment], /Warnings/],
  ])("nothing of %s", (_case, steps, line) => {
    expect(summaryOf(digest(steps)).markdown).not.toMatch(line);
  });

  const cost = (estimate: object, budget: object): StepInput => ({
    type: "CostEstimate",
    inputs: {
      budget,
      estimate: {
        epochs: { low: 2, high: 2 },
        trainingTokens: { low: 1000, high: 1000 },
        trainingUsd: { low: 90, high: 90 },
        hostingUsdPerHour: 1.7,
        hostingUsdPerMonth: 1241,
        priceDate: "2026-08-11",
        assumptions: [],
        ...estimate,
      },
    },
  });

  it("budget nearly spent", () => {
    const { markdown } = summaryOf(
      digest([{ ...job, op: "create" }, cost({}, { maxTrainingUsd: 100, maxHostingUsdPerMonth: 5000 }), account]),
    );
    expect(markdown).toContain("- Budget: training costs $90.00 of the $100.00 allowed (90%).");
    expect(markdown).not.toContain("monthly hosting costs");
  });

  it("a budget that counts for nothing in this change", () => {
    const { markdown } = summaryOf(
      digest([job, cost({}, { maxTrainingUsd: 1, maxHostingUsdPerMonth: 1000 }), account]),
    );
    expect(markdown).not.toContain("Budget: training");
    expect(markdown).toContain(
      "monthly hosting costs $1,241.00, which exceeds the $1,000.00 allowed. This change does not increase the hosting cost, so it is not refused",
    );
  });

  it("retirement within 90 days, by the day it is asked", () => {
    const on = (day: string) => summarize(readPreview(digest([job])), new Date(`${day}T00:00:00Z`)).markdown;
    expect(on("2026-11-23")).not.toContain("Warnings");
    expect(on("2027-03-01")).toMatch(
      /- gpt-4o-mini-2024-07-18 will be closed to fine-tuning on 2027-04-01 \(in 31 days\)/,
    );
  });

  it("overlap and other findings of the datasets, at most ten of each", () => {
    const warnings = Array.from(
      { length: 14 },
      (_, row) => `line ${row + 1}: the same example stands in the training file (overlap-near)`,
    );
    const { markdown } = summaryOf(digest([{ type: "Dataset", inputs: { role: "validation", warnings } }]));
    expect(markdown).toContain(
      "- Validation data: line 10: the same example stands in the training file (overlap-near)",
    );
    expect(markdown).not.toContain("line 11:");
    expect(markdown).toContain("- Validation data: ... and 4 more warnings: `npm run -s validate -- ");
  });

  it("lists every secret of a dataset, first, however many other warnings a state holds", () => {
    const others = Array.from({ length: 20 }, (_, index) => `line ${index + 1}: Nearly the same. (near-duplicate)`);
    const secrets = Array.from({ length: 12 }, (_, index) => `line ${index + 30}: A key, masked. (secret)`);
    const { markdown } = summaryOf(digest([{ type: "Dataset", inputs: { warnings: [...others, ...secrets] } }]));
    expect(markdown.match(/A key, masked/g)).toHaveLength(12);
    expect(markdown).toContain("- Training data: ... and 20 more warnings: `npm run -s validate -- ");
  });

  it.each([
    [{ disableLocalAuth: false, publicNetworkAccess: "Disabled" }, "API keys are enabled on this account."],
    [{ disableLocalAuth: true, publicNetworkAccess: "Enabled" }, "The account will be reachable from every network."],
  ])("an account that opens: %j", (properties, sentence) => {
    const opened: StepInput = {
      ...account,
      op: "update",
      old: account.inputs,
      inputs: { ...account.inputs, properties },
    };
    expect(summaryOf(digest([opened])).markdown).toContain(sentence);
    expect(summaryOf(digest([account])).markdown).not.toContain(sentence);
  });
});

it("a preview with thousands of changes stays under 60 kB and says that it is cut", () => {
  const files = Array.from({ length: 5000 }, (_, number): StepInput => ({
    type: "TrainingFile",
    name: `file-${number}`,
    op: "create",
    inputs: { remoteName: `${"x".repeat(100)}-${number}` },
  }));
  const { markdown } = summaryOf(digest(files));
  expect(Buffer.byteLength(markdown)).toBeLessThan(MAX_BYTES);
  expect(markdown).toContain("... and 4900 more lines.");
  const warnings = Array.from({ length: 10 }, () => "y".repeat(20_000));
  const long = summaryOf(digest([{ type: "Dataset", inputs: { warnings } }])).markdown;
  expect(Buffer.byteLength(long)).toBeLessThan(MAX_BYTES);
  expect(long).toContain("... truncated; the full preview is in the job's log.");
});

it("whatever text it is given, it ends in a verdict", () => {
  fc.assert(
    fc.property(fc.string(), fc.json(), (noise, json) => {
      for (const text of [noise, json, noise + json, json + noise])
        expect(summaryOf(text).markdown).toMatch(/^## Fine-tuned model/);
    }),
  );
});

describe("the base model beside the tuned one", () => {
  const base = (more: Partial<StepInput>): StepInput => ({
    ...{ type: "azure-native:cognitiveservices:Deployment", name: "serving-base-model" },
    inputs: { deploymentName: "mini-base", sku: { name: "Standard", capacity: 10 } },
    ...more,
  });
  const estimate = {
    epochs: { low: 1, high: 1 },
    trainingTokens: { low: 1, high: 1 },
    ...{
      trainingUsd: null,
      hostingUsdPerHour: 1.7,
      hostingUsdPerMonth: 1241,
      priceDate: "2026-08-11",
      assumptions: [],
    },
  };
  const perMillionTokens = { input: 0.165, output: 0.66 };
  const withBase = { ...estimate, baseModel: { model: "m", sku: "Standard", perMillionTokens, usdPerHour: 0 } };
  const cost = (before: object, after: object): StepInput => ({
    ...{ type: "CostEstimate", op: "update", inputs: { estimate: after }, old: { estimate: before } },
  });

  it("deployed: no training, its price, and the tuned one's deployment is unchanged", () => {
    const { verdict, markdown } = summaryOf(
      digest([
        job,
        model,
        cost(estimate, withBase),
        { ...deployment, name: "serving-deployment" },
        base({ op: "create" }),
      ]),
    );
    expect(verdict).toBe("changes");
    expect(markdown).toContain(
      "**Changes settings.** No training; the base model will be deployed beside the fine-tuned model",
    );
    expect(markdown).toContain("billed per token ($0.165 per 1M tokens in, $0.66 out); no charge while unused");
    expect(markdown).toContain("| Base model's deployment: name | new |  | `mini-base` |");
    expect(markdown).not.toContain("Hosting is billed from the moment of deployment");
  });

  it("removed: its clients are warned, whichever deployment comes first", () => {
    const { verdict, markdown } = summaryOf(
      digest([
        base({ op: "delete" }),
        { ...deployment, name: "serving-deployment" },
        job,
        model,
        cost(withBase, estimate),
      ]),
    );
    expect(verdict).toBe("changes");
    expect(markdown).toContain(
      "the base model's deployment will be deleted, and the fine-tuned model's deployment is unchanged",
    );
    expect(markdown).toContain(
      "The base model's deployment `mini-base` will be deleted: clients that call it will get 404.",
    );
  });
});
