import { expect, it } from "@jest/globals";
import { isInState } from "../../dynamic-providers/runtime/deployments-in-state";
import { DEPLOYMENT_TYPE } from "../../dynamic-providers/runtime/resource-types";
import { deploymentsInState } from "../../stack/deployments-in-state";
import type { StackResource } from "../../stack/stack-state";

const accountId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/Tuning";
const deployment = (deploymentName: string, more: Partial<StackResource> = {}): StackResource => ({
  ...{ urn: "urn:pulumi:s::p::t::serving-deployment", type: DEPLOYMENT_TYPE },
  inputs: { accountName: "Tuning", deploymentName },
  ...more,
});

it("names what serves, what was replaced, and what an interrupted run was creating", () => {
  const names = deploymentsInState({
    deployment: {
      resources: [deployment("Tutor-714469"), deployment("old-714469", { delete: true })],
      pending_operations: [{ type: "creating", resource: deployment("next") }],
    },
  });
  expect(names).toEqual(["tuning/tutor-714469", "tuning/old-714469", "tuning/next"]);
  const env = { FINETUNE_DEPLOYMENTS_IN_STATE: JSON.stringify(names) };
  expect(isInState(accountId, "tutor-714469", env)).toBe(true);
  expect(isInState(accountId, "search", env)).toBe(false);
  expect(isInState(accountId, "tutor-714469", {})).toBe(false);
});
