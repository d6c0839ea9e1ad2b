import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { resourcesOfType } from "../../stack/stack-state";
import type { Checkout } from "./checkout";
import { deployed } from "./settings/deployed";
import { previewThenUp } from "./settings/expect-same";

// A content filter as code: made before the deployment that uses it, renamed without a gap, gone after it. The rehearsal refuses to delete a
// filter that a deployment refers to.
jest.setTimeout(300_000);

const TUNED = "gpt-4o-mini-2024-07-18-ft";
const BASE = "gpt-4o-mini-2024-07-18-base";
let checkout: Checkout;
beforeAll(async () => {
  checkout = await deployed();
});
afterAll(() => checkout.close());

/** Writes without what is in front of the account's own resources. */
const short = (writes: string[]) => writes.map((write) => write.replace(/ .*\/(raiPolicies|deployments)\//, " $1/"));

it("contentFilter.filters: the filter is created, then the deployment uses it; nothing is trained", async () => {
  checkout.configure({ "contentFilter.filters": [{ name: "Hate", severityThreshold: "Low" }] });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("changes");
  expect(said.markdown).toContain("Hate (Prompt): Low, Hate (Completion): Low");
  expect(said.changes["filter-policy"]).toMatchObject({ operation: "create" });
  expect(said.changes["serving-deployment"]).toMatchObject({
    operation: "update",
    properties: ["properties.raiPolicyName"],
  });
  expect(short(done.writes)).toEqual(["PUT raiPolicies/finetune-filter", `PUT deployments/${TUNED}`]);
});

it("contentFilter.name: the new one is there before the deployment changes, and the old one goes after it", async () => {
  checkout.configure({ "contentFilter.name": "strict" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.changes["filter-policy"]).toMatchObject({ operation: "replace" });
  expect(short(done.writes)).toEqual([
    "PUT raiPolicies/strict",
    `PUT deployments/${TUNED}`,
    "DELETE raiPolicies/finetune-filter",
  ]);
});

it("contentFilter.mode is one update of the filter, which the deployment doesn't notice", async () => {
  checkout.configure({ "contentFilter.mode": "Asynchronous_filter" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.changes).toEqual({
    "filter-policy": { operation: "update", properties: ["properties.mode"], later: [] },
  });
  expect(short(done.writes)).toEqual(["PUT raiPolicies/strict"]);
});

it("removed: first the deployment is without it, then it is deleted", async () => {
  checkout.configure({ contentFilter: undefined });
  const { done } = await previewThenUp(checkout);
  expect(short(done.writes)).toEqual([`PUT deployments/${TUNED}`, "DELETE raiPolicies/strict"]);
});

it("with the base model beside it both use the filter, and destroy leaves nothing", async () => {
  checkout.configure({ "contentFilter.name": "strict", "deploy.baseModel.enabled": true });
  const { done } = await previewThenUp(checkout);
  expect(short(done.writes)).toEqual(["PUT raiPolicies/strict", `PUT deployments/${TUNED}`, `PUT deployments/${BASE}`]);
  const deployments = resourcesOfType(await checkout.stackState(), "azure-native:cognitiveservices:Deployment");
  expect(deployments.map(({ inputs }) => inputs?.properties)).toEqual([
    expect.objectContaining({ raiPolicyName: "strict" }),
    expect.objectContaining({ raiPolicyName: "strict" }),
  ]);
  const destroyed = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect(destroyed).toSucceed();
  expect(await checkout.counters()).toMatchObject({ accounts: 0, deployments: 0 });
});
