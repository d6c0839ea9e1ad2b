import { expect, it } from "@jest/globals";
import { whyOffPlan } from "../../../commands/plan/off-plan";
import type { EngineEvent } from "../../../stack/up-events";

const urn =
  "urn:pulumi:local::azure-openai-finetune::finetune:index:FineTunedModel$pulumi-nodejs:dynamic/finetune:Dataset::finetune-training-data";
const error = (message: string): EngineEvent => ({ diagnosticEvent: { urn, severity: "error", message } });
const changes = (resourceChanges: Record<string, number>): EngineEvent => ({
  summaryEvent: { durationSeconds: 1, resourceChanges },
});

it("names resource and properties, not their values", () => {
  const message = `<{%reset%}>resource ${urn} violates plan: properties changed: =~bytes[{30812}], =~tokens[{map[total:{map[max:{145}]}]}], ++extra[{x}]<{%reset%}>\n`;
  expect(whyOffPlan([error(message), changes({ same: 5 })])).toBe(
    "Since the preview, something has changed: finetune-training-data: bytes, tokens, extra differ. Nothing was changed. Run the command again to see the new plan.",
  );
});

it("says what had been done before", () => {
  const found = whyOffPlan([
    error(`resource ${urn} violates plan: create is not allowed`),
    changes({ same: 5, create: 2 }),
  ]);
  expect(found).toContain("finetune-training-data: it differs from the plan");
  expect(found).toContain("Changes already made are kept: 2 created.");
});

// pkg/resource/deploy/step_generator.go, 3.230
it.each([
  "update is not allowed by the plan: this resource is constrained to same",
  "delete is not allowed by the plan: no more steps were expected for this resource",
])("knows an operation that is not of the plan: %s", (message) => {
  expect(whyOffPlan([error(message), changes({ same: 5 })])).toBe(
    "Since the preview, something has changed: finetune-training-data: it differs from the plan. Nothing was changed. Run the command again to see the new plan.",
  );
});

it("says nothing of an up that failed otherwise", () => {
  expect(whyOffPlan([error("the quota is exhausted"), changes({ create: 1 })])).toBeUndefined();
  expect(whyOffPlan([])).toBeUndefined();
});
