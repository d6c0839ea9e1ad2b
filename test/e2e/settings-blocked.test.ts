import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { cognitiveServicesClient } from "./azure-clients";
import type { Checkout } from "./checkout";
import { accountName, applySettings, deployed } from "./settings/deployed";
import { previewThenUp } from "./settings/expect-same";

// What a preview says is what `up` does, where it says that nothing may be done. settings-another-job.test.ts has what may be done after all.
jest.setTimeout(300_000);

let checkout: Checkout;
let account: string;
beforeAll(async () => {
  checkout = await deployed();
  account = await accountName(checkout);
  checkout.configure({ account: { name: account, protect: true } });
  await applySettings(checkout);
});
afterAll(() => checkout.close());

describe("the preview stops, and so does `up`, before it writes anything", () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      "budget",
      // A budget holds against what a run trains or hosts anew.
      { "budget.maxTrainingUsd": 0.01, "budget.maxHostingUsdPerMonth": 1, "hyperparameters.nEpochs": 7 },
      /over budget\.maxTrainingUsd of \$0\.01[^]*over budget\.maxHostingUsdPerMonth/,
    ],
    ["deploy.gate", { "deploy.gate": { maxValidationLoss: 0.01 } }, /above maxValidationLoss 0\.01/],
    ["deploy.checkpoint", { "deploy.checkpoint": 999 }, /999/],
    ["existingJobId", { existingJobId: "ftjob-0" }, /the account has no such job\. Correct it, or remove it/],
    ["location", { location: "swedencentral" }, /can't move to swedencentral without a new name/],
    ["account.name and account.protect", { "account.name": "another-account" }, /protect/],
    ["resourceGroupName", { resourceGroupName: "NoSuchGroup" }, /"NoSuchGroup" does not exist/],
  ])("%s", async (_settings, change, reason) => {
    const settings = checkout.read("Pulumi.local.yaml");
    checkout.configure(change);
    const { said, done } = await previewThenUp(checkout).finally(() => checkout.write("Pulumi.local.yaml", settings));
    expect(said.verdict).toBe("blocked");
    expect(said.markdown).toMatch(reason);
    expect(done.output).toMatch(reason);
    expect(done.writes).toEqual([]);
  });
});

it("deploy.name of somebody else's deployment: what serves is not deleted for it", async () => {
  const { deployments } = cognitiveServicesClient(checkout.cloud);
  await deployments.beginCreateOrUpdateAndWait("ResourceGroup1", account, "search", {
    sku: { name: "Standard", capacity: 1 },
    properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } },
  });
  const settings = checkout.read("Pulumi.local.yaml");
  checkout.configure({ "deploy.name": "search" });
  const { said, done } = await previewThenUp(checkout).finally(() => checkout.write("Pulumi.local.yaml", settings));
  expect(said.verdict).toBe("blocked");
  expect(said.markdown).toMatch(/already has a deployment named search/);
  expect(done.writes).toEqual([]);
  await deployments.beginDeleteAndWait("ResourceGroup1", account, "search");
});
