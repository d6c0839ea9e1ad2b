import { describe, expect, it } from "@jest/globals";
import { decisionOf } from "../../../commands/preview-summary/decision";
import { readPreview } from "../../../commands/preview-summary/read-preview";
import { findingsOf, summarize } from "../../../commands/preview-summary/summary";
import { terminalSummary } from "../../../commands/preview-summary/terminal";
import { doneSummary } from "../../../commands/plan/done";
import type { RawStep } from "../../../commands/preview-summary/steps";

const today = new Date("2026-11-23T00:00:00Z");
const plain = (text: string) => text.replaceAll(/\u001b\[\d+m/g, "");
type What = "trains" | "retrains" | "stays" | "waits" | "failed" | "removed" | "redeploys";

const estimate = (usd: number) => ({
  ...{ epochs: { low: 1, high: 1 }, trainingTokens: { low: 100, high: 100 }, trainingUsd: { low: usd, high: 2 * usd } },
  ...{ hostingUsdPerHour: 1.7, hostingUsdPerMonth: 1241, priceDate: "2026-08-11", assumptions: [] },
});
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const urnOf = (parent: string, type: string, name: string) => `urn:pulumi:dev::tutors::${parent}${type}::${name}`;

/** Steps of one model and its deployment, whose component has another name than the model's. */
function model(name: string, what: What, usd: number): RawStep[] {
  const isNew = what === "trains";
  const made = isNew || what === "retrains";
  const gone = what === "removed";
  const step = (component: string, type: string, as: string, op: string, inputs: object, before: object = inputs) => {
    const owner = component === "ModelDeployment" ? `${name}-serving` : name;
    const parent = urnOf("", `finetune:index:${component}`, owner);
    return {
      op: gone ? "delete" : isNew ? "create" : op,
      urn: urnOf(`finetune:index:${component}$`, type, `${owner}-${as}`),
      ...(isNew ? {} : { oldState: { inputs: before, outputs: before, parent } }),
      ...(gone ? {} : { newState: { inputs, parent } }),
    } as RawStep;
  };
  const dynamic = (type: string) => `pulumi-nodejs:dynamic/finetune:${type}`;
  const status = what === "waits" ? "running" : what === "failed" ? "failed" : "succeeded";
  const trained = { checkpoint: "last", wait: true, jobId: `ftjob-${name}`, status };
  const tuned = status === "succeeded" ? { fineTunedModel: `model-${name}` } : {};
  const [old, next] = [`key-${name}`, made ? `next-${name}` : `key-${name}`];
  const job = { model: "gpt-4o-mini-2024-07-18", method: "supervised", trainingType: "Standard" };
  const deployed = (key: string, served: string) => ({
    ...{
      deploymentName: `${name}-${key}`,
      sku: { name: "Standard", capacity: 1 },
      properties: { model: { name: served } },
    },
  });
  const serving = made || what === "redeploys" ? "replace" : "same";
  return [
    step("FineTunedModel", dynamic("CostEstimate"), "cost", "same", { estimate: estimate(usd) }),
    step(
      ...(["FineTunedModel", dynamic("FineTuningJob"), "job", made ? "replace" : "same"] as const),
      { ...job, seed: made ? 2 : 1, trainingKey: next },
      { ...job, seed: 1, trainingKey: old, jobId: `ftjob-${name}`, record: "present" },
    ),
    step(
      ...([
        "FineTunedModel",
        dynamic("TrainedModel"),
        "model",
        made ? "replace" : status === "succeeded" ? "same" : "update",
      ] as const),
      trained,
      { ...trained, ...tuned },
    ),
    ...(status === "succeeded"
      ? [
          step(
            ...(["ModelDeployment", "azure-native:cognitiveservices:Deployment", "deployment", serving] as const),
            deployed(next, made ? UNKNOWN : `model-${name}`),
            deployed(what === "redeploys" ? "other" : old, `model-${name}`),
          ),
          step(
            ...(["ModelDeployment", dynamic("ChatProbe"), "probe", serving === "same" ? "same" : "update"] as const),
            { trainingKey: next, switch: "blueGreen" },
            { trainingKey: old, switch: "blueGreen" },
          ),
        ]
      : []),
  ];
}

const account = (op: string, tags: object = {}): RawStep => {
  const inputs = { accountName: "two-tutors", resourceGroupName: "ResourceGroup1", location: "northcentralus" };
  return {
    ...{ op, urn: urnOf("finetune:index:OpenAiAccount$", "azure-native:cognitiveservices:Account", "openai-account") },
    ...{
      oldState: { inputs, outputs: inputs },
      newState: op === "delete" ? undefined : { inputs: { ...inputs, tags } },
    },
  };
};
const preview = (steps: RawStep[], diagnostics: object[] = []) => readPreview(JSON.stringify({ steps, diagnostics }));
const both = (critic: What, tutor: What, op = "same") =>
  preview([
    ...model("tutor", tutor, 1),
    account(op, op === "same" ? {} : { owner: "me" }),
    ...model("critic", critic, 2),
  ]);

describe("two models in one program", () => {
  it.each<[What, What, string, string]>([
    ["trains", "trains", "trains", "**Trains.** critic trains; tutor trains."],
    ["retrains", "stays", "retrains", "**Retrains.** critic retrains; tutor does not change."],
    ["stays", "retrains", "retrains", "**Retrains.** critic does not change; tutor retrains."],
    ["trains", "retrains", "retrains", "**Retrains.** critic trains; tutor retrains."],
    ["waits", "redeploys", "waits", "**Waits only.** critic waits only; tutor redeploys."],
    ["failed", "retrains", "blocked", "**Blocked.** critic is blocked; tutor retrains."],
    ["removed", "stays", "changes", "**Changes settings.** critic is removed; tutor does not change."],
    ["stays", "stays", "none", "**No change.** critic does not change; tutor does not change."],
  ])("critic %s, tutor %s: the whole is the gravest of them", (critic, tutor, verdict, line) => {
    const found = findingsOf(both(critic, tutor), today);
    expect([found.verdict, found.line]).toEqual([verdict, line]);
    expect(decisionOf(both(critic, tutor)).verdict).toBe(verdict);
  });

  it.each<[What, What, string, { low: number; high: number }]>([
    [
      "retrains",
      "stays",
      "training critic $2.00 to $4.00; total hosting $2,482.00 a month ($3.40 an hour), as before",
      { low: 2, high: 4 },
    ],
    [
      "stays",
      "retrains",
      "training tutor $1.00 to $2.00; total hosting $2,482.00 a month ($3.40 an hour), as before",
      { low: 1, high: 2 },
    ],
    [
      ...(["retrains", "trains"] as const),
      "training $3.00 to $6.00 in total (critic $2.00 to $4.00, tutor $1.00 to $2.00); total hosting $2,482.00 a month ($3.40 an hour), before: $1,241.00 a month ($1.70 an hour)",
      { low: 3, high: 6 },
    ],
    [
      "removed",
      "stays",
      "no training cost; total hosting $1,241.00 a month ($1.70 an hour), before: $2,482.00 a month ($3.40 an hour)",
      { low: 0, high: 0 },
    ],
  ])("critic %s, tutor %s: costs are added", (critic, tutor, cost, trainingUsd) => {
    expect(plain(terminalSummary(findingsOf(both(critic, tutor), today)))).toContain(`cost     ${cost}\n`.trimEnd());
    expect(decisionOf(both(critic, tutor))).toMatchObject({ trainingUsd });
  });

  it("says reasons, warnings and changes by name, and of the other nothing", () => {
    const { markdown } = summarize(both("retrains", "stays"), today);
    expect(markdown).toContain("- critic: Seed: 1 -> 2.");
    expect(markdown).toMatch(/- critic: The model `model-critic` will be permanently deleted/);
    expect(markdown).toMatch(/- critic: The deployment `critic-key-critic` will be replaced by `critic-next-critic`/);
    expect(markdown).toContain("| critic: Fine-tuning job: seed | replaced | 1 | 2 |");
    expect(markdown).toContain(
      "| Total hosting | $2,482.00 a month ($3.40 an hour) | $2,482.00 a month ($3.40 an hour) |",
    );
    expect(markdown).not.toMatch(/model-tutor|tutor-key/);
  });

  it("a change of the account alone is neither's", () => {
    const found = findingsOf(both("stays", "stays", "update"), today);
    expect([found.verdict, found.models.map(({ verdict }) => verdict)]).toEqual(["changes", ["none", "none"]]);
  });

  it("a destroy lists the models of both", () => {
    const steps = [...model("tutor", "removed", 1), account("delete"), ...model("critic", "removed", 2)];
    const text = plain(terminalSummary(findingsOf(preview(steps), today)));
    expect(text).toContain("Destroys.");
    for (const name of ["tutor", "critic"]) {
      expect(text).toContain(
        `the model model-${name} and the job ftjob-${name}: you will be charged to train it again`,
      );
      expect(text).toContain(`the deployment ${name}-key-${name}: it will stop responding`);
    }
    expect(text).toContain("hosting ends: $2,482.00 a month ($3.40 an hour)");
  });

  it("a problem begins with the name of the model that has it", () => {
    const refused = (name: string) => ({
      severity: "error",
      message: `error: pulumi-nodejs:dynamic/finetune:CostEstimate resource '${name}-cost': property budget value {1} has a problem: Training would cost $9.\n`,
    });
    const { problems } = findingsOf(
      preview([...model("tutor", "stays", 1), ...model("critic", "stays", 2)], [refused("tutor"), refused("critic")]),
      today,
    );
    expect(problems).toEqual(["tutor: Training would cost $9.", "critic: Training would cost $9."]);
  });

  it("what people approved of a wait stays approved when its model gets its name", () => {
    expect(decisionOf(both("waits", "stays")).changes).not.toBe(decisionOf(both("retrains", "stays")).changes);
  });

  it("the end of a run says what became of each", () => {
    expect(plain(doneSummary(findingsOf(both("retrains", "stays"), today)))).toMatch(
      /^This run: critic was trained again; tutor did not change\.\n/,
    );
  });
});

it("a program with one model names it nowhere", () => {
  const steps = [...model("tutor", "retrains", 1), account("same")];
  expect(summarize(preview(steps), today).markdown).not.toMatch(/tutor: /);
  expect(findingsOf(preview(steps), today).models).toEqual([]);
});
