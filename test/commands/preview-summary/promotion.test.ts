import { describe, expect, it } from "@jest/globals";
import { doneSummary } from "../../../commands/plan/done";
import { costLine } from "../../../commands/preview-summary/cost";
import { deletedBy } from "../../../commands/preview-summary/deleted";
import { problemsOf } from "../../../commands/preview-summary/problems";
import type { Operation, Step } from "../../../commands/preview-summary/steps";
import { findingsOf, summarize } from "../../../commands/preview-summary/summary";
import { GATE_TYPE, VERSIONS_TYPE } from "../../../commands/preview-summary/versions";
import { ACCOUNT_TYPE, DEPLOYMENT_TYPE, finetuneType } from "../../../dynamic-providers/runtime/resource-types";
import { step } from "./a-step";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const trained = (version: number, status: string) => ({
  ...{ jobId: `ftjob-${version}`, fineTunedModel: `model-${version}`, base: "gpt-4o-mini-2024-07-18", adopted: false },
  ...{ trainedAt: Date.parse("2026-11-20T08:30:00Z") / 1000, trainingExamples: 68, trainingSha256: "5a".repeat(32) },
  ...{ promotedFrom: { stack: "dev", version: version + 3, accountId: "a" }, version, status },
});
const promoted = (operation: Operation, version: number) =>
  step(finetuneType("PromotedVersion"), operation, { version: trained(1, "") }, { version: trained(version, "") });
const register = (operation: Operation, versions: object[]) =>
  step(
    VERSIONS_TYPE,
    operation,
    { versions: [trained(1, "serving")], retain: { versions: 1 } },
    { versions, retain: { versions: 1 } },
  );
const served = (model: string) => ({ deploymentName: "d", properties: { model: { name: model } } });
const today = new Date("2026-11-23T00:00:00Z");
const findings = (...steps: Step[]) => findingsOf({ steps, errors: [] }, today);

it.each<Operation>(["create", "replace"])(
  "a promotion says which version of which stack, and that nothing is trained (%s)",
  (operation) => {
    const deployment = step(DEPLOYMENT_TYPE, operation, served("model-1"), served("model-2"));
    const run = findings(promoted("update", 2), register("update", [trained(2, "serving")]), deployment);
    expect({ verdict: run.verdict, line: run.line }).toEqual({
      verdict: "redeploys",
      line: "**Promotes version 5 of dev.** It was trained 2026-11-20 08:30 UTC from gpt-4o-mini-2024-07-18 on 68 rows (sha256 5a5a5a5a5a5a). Nothing is trained in this stack, so there is no training cost. The version's model `model-2` is deployed.",
    });
    // The other stack keeps what this one no longer lists.
    expect(run.warnings.join("\n")).not.toContain("permanently deleted with its job, because `retain.versions`");
    expect(doneSummary(run)).toContain("This run trained nothing: it promoted version 5 of dev (model-2).");
  },
);

describe("one that is evaluated here", () => {
  const undecided = () => {
    const after = register("update", [{ ...trained(2, ""), status: UNKNOWN }, trained(1, "kept")]);
    return { ...after, new: { ...after.new, rejected: UNKNOWN } } as Step;
  };
  const gate = step(GATE_TYPE, "update", { rejected: "" }, { rejected: UNKNOWN });

  it("says that it is deployed only if it passes", () => {
    const deployment = step(DEPLOYMENT_TYPE, "replace", served("model-1"), served(UNKNOWN));
    const run = findings(promoted("update", 2), undecided(), deployment, gate);
    expect({ verdict: run.verdict, line: run.line }).toEqual({
      verdict: "redeploys",
      line: "**Promotes version 5 of dev.** It was trained 2026-11-20 08:30 UTC from gpt-4o-mini-2024-07-18 on 68 rows (sha256 5a5a5a5a5a5a). Nothing is trained in this stack, so there is no training cost. `up` evaluates the version's model `model-2`, then deploys it if it passes.",
    });
  });

  it("says afterwards that it passed, with the figures", () => {
    const passed = { ...trained(2, "serving"), evaluation: { passed: true, summary: "0.74 on 9 cases" } };
    const after = register("update", [passed, trained(1, "kept")]);
    const versions = { ...after, new: { ...after.new, rejected: "" } } as Step;
    const deployment = step(DEPLOYMENT_TYPE, "replace", served("model-1"), served("model-2"));
    expect(doneSummary(findings(promoted("update", 2), versions, deployment, gate))).toContain(
      "it promoted version 5 of dev (model-2). It passed its evaluation: 0.74 on 9 cases.",
    );
  });
});

it("tells what hosting costs, and of no training", () => {
  const figures = { low: 0, high: 0 };
  const estimate = {
    ...{ epochs: figures, trainingTokens: figures, trainingUsd: figures, assumptions: [] },
    ...{ hostingUsdPerHour: 1.7, hostingUsdPerMonth: 1241, priceDate: "2026-08-11" },
  };
  const cost = step(finetuneType("CostEstimate"), "create", {}, { hostingOnly: true, estimate });
  const deployment = step(DEPLOYMENT_TYPE, "create", {}, served("model-2"));
  const preview = { steps: [promoted("create", 2), cost, deployment], errors: [] };
  expect(costLine(findingsOf(preview, today).costed)).toBe(
    "no training cost; hosting $1,241.00 a month ($1.70 an hour)",
  );
  const { markdown } = summarize(preview, today);
  expect(markdown).toContain("| Hosting |  | $1,241.00 a month ($1.70 an hour) |");
  expect(markdown).toContain("- Prices of 2026-08-11.");
  expect(markdown).not.toMatch(/training run|trained tokens/);
  expect(markdown).toContain("Hosting is billed from the moment of deployment");
});

it("a pinned version of this stack's own register is no promotion", () => {
  const back = register("update", [{ ...trained(2, "kept") }, trained(1, "serving")]);
  const run = findings(
    promoted("same", 2),
    back,
    step(DEPLOYMENT_TYPE, "update", served("model-2"), served("model-1")),
  );
  expect(run.line).not.toContain("Promotes");
});

it("a stack that is not there is told of with the way out", () => {
  const problems = problemsOf(
    ['error: Preview failed: unknown stack "organization/finetune/dve"', "preview failed"],
    today,
  );
  expect(problems).toEqual([
    expect.stringMatching(/^unknown stack "organization\/finetune\/dve"\.\nCorrect `promote\.stack`/),
  ]);
});

it("a destroy deletes the deployment and the account, and no model of the other stack", () => {
  const { deletes, keeps } = deletedBy(
    [
      register("delete", []),
      step(DEPLOYMENT_TYPE, "delete", served("model-1")),
      step(ACCOUNT_TYPE, "delete", { accountName: "prod", resourceGroupName: "g", location: "l" }),
    ],
    today,
  );
  expect(deletes.join("\n")).toMatch(/the deployment d/);
  expect([...deletes, ...keeps].join("\n")).not.toContain("model-1");
});
