import { describe, expect, it } from "@jest/globals";
import { doneSummary } from "../../../commands/plan/done";
import { changesOf } from "../../../commands/preview-summary/changes";
import { deletedBy, heldAccounts } from "../../../commands/preview-summary/deleted";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { lostModel } from "../../../commands/preview-summary/lost-model";
import { pipelineOf } from "../../../commands/preview-summary/pipeline";
import type { Operation, Properties, Step } from "../../../commands/preview-summary/steps";
import { type Findings, findingsOf } from "../../../commands/preview-summary/summary";
import { GATE_TYPE, returnsTo, VERSIONS_TYPE } from "../../../commands/preview-summary/versions";
import { ACCOUNT_TYPE, DEPLOYMENT_TYPE, finetuneType } from "../../../dynamic-providers/runtime/resource-types";
import { step } from "./a-step";

const version = (number: number, status: string, adopted = false) => ({
  ...{ version: number, status, adopted },
  ...{ jobId: `ftjob-${number}`, fineTunedModel: `model-${number}` },
});
const register = (versions: object[], retain: object = { versions: 2 }): Properties => ({ versions, retain });
const [one, two, three] = [version(1, "kept"), version(2, "serving"), version(3, "serving")];

const replaced = (after: Properties): Step[] => [
  step(finetuneType("FineTuningJob"), "replace", { jobId: "ftjob-2", fineTunedModel: "model-2" }),
  step(finetuneType("TrainedModel"), "replace", { fineTunedModel: "model-2" }),
  step(VERSIONS_TYPE, "update", register([two, one]), after),
];

it.each<[string, Properties, string[]]>([
  [
    "the oldest goes",
    register([three, { ...two, status: "kept" }]),
    ["Version 1, the model `model-1`, will be permanently deleted with its job, because `retain.versions` is 2."],
  ],
  ["all stay", register([three, { ...two, status: "kept" }, one], { versions: 3 }), []],
  ["the oldest is kept elsewhere", register([three, { ...two, status: "kept" }], { versions: 2, model: true }), []],
])("a new model, and %s", (_name, after, lines) => {
  expect(lostModel(pipelineOf(replaced(after)))).toEqual(lines);
});

it("names the model that served, where one version alone is kept, once", () => {
  const lines = lostModel(pipelineOf(replaced(register([three], { versions: 1 }))));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^The model `model-2` will be permanently deleted with its job: /);
  expect(lines[1]).toMatch(/^Version 1, the model `model-1`, will be permanently deleted/);
});

it("names no model that served before and stays", () => {
  const served = (name: string) => ({ deploymentName: "d", properties: { model: { name } } });
  const steps = [
    step(DEPLOYMENT_TYPE, "update", served("model-2"), served("model-1")),
    step(VERSIONS_TYPE, "update", register([two, one]), register([{ ...two, status: "kept" }, version(1, "serving")])),
  ];
  expect(lostModel(pipelineOf(steps))).toEqual([]);
  expect(returnsTo(pipelineOf(steps))).toMatchObject({ version: 1 });
});

it("lists every version that a destroy deletes, and those that it keeps", () => {
  const steps = [
    step(finetuneType("FineTuningJob"), "delete", { jobId: "ftjob-2" }),
    step(VERSIONS_TYPE, "delete", register([two, one, version(0, "kept", true)])),
  ];
  const { deletes, keeps } = deletedBy(steps, new Date("2026-11-23T00:00:00Z"));
  expect(deletes).toContain("version 1: the model model-1 and the job ftjob-1");
  expect(deletes.join("\n")).not.toContain("version 2");
  expect(keeps).toContain("version 0: the model model-0 and the job ftjob-0 (retain.adopted)");
});

it("tells that the account of a version that is kept is not purged", () => {
  const steps = (adopted: boolean) => [
    step(VERSIONS_TYPE, "delete", register([two, version(0, "kept", adopted)])),
    step(ACCOUNT_TYPE, "delete", { accountName: "a", resourceGroupName: "g", location: "l" }),
  ];
  const held = (adopted: boolean) => heldAccounts(steps(adopted), new Date("2026-11-23T00:00:00Z"));
  expect(held(false)).toEqual([]);
  expect(held(true)).toMatchObject([{ accountName: "a", until: "2026-11-25" }]);
});

describe("what is evaluated", () => {
  const today = new Date("2026-11-23T00:00:00Z");
  const findings = (...steps: Step[]): Findings => findingsOf({ steps, errors: [] }, today);
  const deployed = (model: string, name = "d") => ({ deploymentName: name, properties: { model: { name: model } } });
  const deployment = (operation: Operation, now = deployed(UNKNOWN, UNKNOWN)) =>
    step(DEPLOYMENT_TYPE, operation, deployed("model-2"), now);
  const trainedModel = (operation: Operation) =>
    step(finetuneType("TrainedModel"), operation, { fineTunedModel: "model-2" }, { fineTunedModel: UNKNOWN });
  const job = (operation: Operation) => step(finetuneType("FineTuningJob"), operation, { jobId: "ftjob-2" }, {});
  const undecided = step(VERSIONS_TYPE, "update", register([two, one]), {
    ...{ versions: UNKNOWN, retain: { versions: 2 }, rejected: UNKNOWN },
  });
  const why = "Version 3 (model-3) did not pass its evaluation: it is bad. Version 2 remains deployed.";
  const decided = (operation: Operation, rejected: string, all: object[] = [three, two]) =>
    step(VERSIONS_TYPE, operation, register([two, one]), { ...register(all), rejected, jobId: "ftjob-3" });
  const gate = (operation: Operation) => step(GATE_TYPE, operation, {}, { rejected: why });

  it("a training: evaluates, then deploys if it passes, and no model is said to be lost", () => {
    const { verdict, line, warnings } = findings(
      job("replace"),
      trainedModel("replace"),
      undecided,
      deployment("replace"),
    );
    expect(verdict).toBe("retrains");
    expect(line).toMatch(/, then `up` evaluates the model, then deploys it if it passes\.$/);
    expect(warnings.join("\n")).not.toContain("permanently deleted");
  });

  it("a model that is trained already: is evaluated, then deployed if it passes", () => {
    const { verdict, line } = findings(job("same"), trainedModel("same"), undecided, deployment("replace"));
    expect(verdict).toBe("redeploys");
    expect(line).toBe(
      "**Redeploys.** The model that is already trained is evaluated, then deployed if it passes; no new job, no training cost.",
    );
  });

  it("a rejection that is known, and nothing else: a verdict of its own", () => {
    const { verdict, line, warnings } = findings(job("same"), decided("same", why), deployment("same"), gate("update"));
    expect({ verdict, line, warnings }).toEqual({
      verdict: "rejected",
      line: `**Rejected.** ${why} Until then \`up\` deploys nothing new and ends with an error.`,
      warnings: [],
    });
  });

  it("a verdict that is not there yet: no change of the gate is listed", () => {
    const steps = (rejected: string) => [undecided, step(GATE_TYPE, "update", { rejected: "" }, { rejected })];
    expect(changesOf(steps(UNKNOWN)).map(({ what }) => what)).toEqual(["Model versions"]);
    expect(changesOf(steps(why)).map(({ what }) => what)).toEqual(["Model versions", "Release gate"]);
  });

  it("a rejection beside another change: the change, and that `up` ends with an error", () => {
    const tags = step(ACCOUNT_TYPE, "update", { tags: {} }, { tags: { a: "b" } });
    const { verdict, line, errors } = findings(
      tags,
      job("same"),
      decided("same", why),
      deployment("same"),
      gate("create"),
    );
    expect(verdict).toBe("changes");
    expect(line).toBe("**Rejected; changes settings.** No training, no new deployment.");
    expect(errors).toEqual([`\`up\` ends with an error after everything else: ${why}`]);
  });

  it("a rejection, where another version is pinned: no word of it", () => {
    expect(findings(job("same"), decided("same", ""), step(GATE_TYPE, "same", { rejected: "" })).verdict).toBe("none");
  });

  it("the end of an `up` says that the model passed, or to which version it returned", () => {
    const evaluation = { passed: true, summary: "0.74 on 48 cases" };
    const passed = decided("update", "", [{ ...three, evaluation }, two]);
    const run = findings(job("replace"), trainedModel("replace"), passed, deployment("replace"), gate("same"));
    expect(doneSummary(run)).toContain("This run trained the model again. It passed its evaluation: 0.74 on 48 cases.");
    const back = step(
      VERSIONS_TYPE,
      "update",
      register([two, one]),
      register([{ ...two, status: "kept" }, version(1, "serving")]),
    );
    const returned = findings(job("replace"), trainedModel("replace"), back, deployment("update", deployed("model-1")));
    expect(returned.line).not.toContain("evaluat");
    const pinned = findings(job("same"), trainedModel("same"), back, deployment("update", deployed("model-1")));
    expect(pinned.line).toBe(
      "**Redeploys.** Returns to version 1: nothing is trained, $0. Its model `model-1` is deployed.",
    );
    expect(doneSummary(pinned)).toContain("This run trained nothing: it returned to version 1 (model-1).");
  });

  describe("data that come to the version that serves again, after one that was rejected", () => {
    const rejected = { ...version(2, "rejected"), evaluation: { passed: false } };
    const serves = { ...version(1, "serving"), evaluation: { passed: true, summary: "0.97" } };
    const before = { ...register([rejected, serves]), jobId: "ftjob-2" };
    const restored = step(VERSIONS_TYPE, "update", before, { ...before, jobId: "ftjob-1", rejected: "" });
    const [was, renamed] = [deployed("model-1", "d"), deployed("model-1", "tutor")];

    it("returns to it, and says that it is deployed already", () => {
      const run = findings(job("replace"), restored, step(DEPLOYMENT_TYPE, "same", was));
      const takes = step(
        finetuneType("FineTuningJob"),
        "replace",
        {},
        { takesOver: { jobId: "ftjob-1", status: "succeeded" } },
      );
      const { line, verdict } = findings(takes, restored, step(DEPLOYMENT_TYPE, "same", was));
      expect({ line, verdict }).toEqual({
        line: "**Returns to version 1.** Nothing is trained, $0: `d` already serves its model `model-1`.",
        verdict: "changes",
      });
      expect(doneSummary(findings(takes, restored, step(DEPLOYMENT_TYPE, "same", was)))).toContain(
        "This run trained nothing: it returned to version 1 (model-1), which was already deployed.",
      );
      expect(run.verdict).toBe("retrains");
    });

    it("returns to it under another name, and says so to clients at the end, too", () => {
      const takes = step(
        finetuneType("FineTuningJob"),
        "replace",
        {},
        { takesOver: { jobId: "ftjob-1", status: "succeeded" } },
      );
      const run = findings(takes, restored, step(DEPLOYMENT_TYPE, "replace", was, renamed));
      expect(run.line).toBe(
        "**Redeploys.** Returns to version 1: nothing is trained, $0. Its model `model-1` is deployed.",
      );
      expect(doneSummary(run)).toContain("it returned to version 1 (model-1).");
      expect(doneSummary(run)).toContain(
        "The deployment `d` was replaced by `tutor`: clients that call the old name get 404 and must be changed to the new name.",
      );
    });
  });

  it("explains the rows of what a rejected model's training replaced", () => {
    const left = { ...job("same"), name: "finetune-job", replaced: [{}] };
    const { verdict, warnings } = findings(left, decided("same", why), deployment("same"), gate("update"));
    expect(verdict).toBe("rejected");
    expect(warnings).toEqual([expect.stringMatching(/^Pulumi lists finetune-job as `delete original`: /)]);
  });

  it("the end of an `up` to a pinned version has that version's figures, not those of the current data", () => {
    const judged = (number: number, status: string, summary: string) => ({
      ...version(number, status),
      evaluation: { passed: true, summary },
    });
    const forth = step(VERSIONS_TYPE, "update", register([version(5, "kept"), version(3, "serving")]), {
      ...register([judged(5, "serving", "0.700 on 48 cases"), judged(3, "kept", "0.709 on 48 cases")]),
      ...{ rejected: "", jobId: "ftjob-3" },
    });
    const run = findings(
      job("same"),
      trainedModel("same"),
      forth,
      deployment("update", deployed("model-5")),
      gate("same"),
    );
    expect(doneSummary(run)).toContain("It passed its evaluation: 0.700 on 48 cases.");
  });
});
