import { expect, it } from "@jest/globals";
import { whyRejected } from "../../../commands/plan/rejected-run";
import { finetuneType } from "../../../dynamic-providers/runtime/resource-types";
import type { EngineEvent } from "../../../stack/up-events";

const urn = (type: string, name: string) => `urn:pulumi:s::p::finetune:index:ModelDeployment$${type}::${name}`;
const failed = (type: string, name: string, message: string): EngineEvent => ({
  diagnosticEvent: { urn: urn(type, name), severity: "error", message },
});
const atGate = failed(finetuneType("ReleaseGate"), "serving-gate", "Version 2 did not pass its evaluation.");

it("says what a run left that ended at the gate", () => {
  expect(whyRejected([atGate])).toMatch(/did not pass its evaluation.* what was deployed before is unchanged/);
  expect(whyRejected([atGate])).not.toContain("expected resource operations");
});

it("explains Pulumi's errors about a plan whose deployment was not made", () => {
  const unreached = failed("a:b:C", "d", `expected resource operations for ${urn("a:b:C", "d")} but none were seen`);
  expect(whyRejected([atGate, unreached])).toContain("not that they failed");
});

it("leaves other errors to what they say, also where the gate was not reached", () => {
  const gate = urn(finetuneType("ReleaseGate"), "serving-gate");
  const notReached = failed(
    finetuneType("ReleaseGate"),
    "serving-gate",
    `expected resource operations for ${gate} but none were seen`,
  );
  expect(whyRejected([failed("a:b:C", "d", "no quota"), notReached])).toBeUndefined();
});
