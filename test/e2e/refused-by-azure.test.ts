import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { cognitiveServicesClient } from "./azure-clients";
import { Checkout } from "./checkout";
import { expectSentence } from "./expect-sentence";

let checkout: Checkout;
let settings: string;
beforeAll(async () => {
  checkout = await Checkout.open();
  settings = checkout.read("Pulumi.local.yaml");
});
afterEach(() => checkout.write("Pulumi.local.yaml", settings));
afterAll(() => checkout.close());

describe("what Azure doesn't have or allow ends in a sentence and the way out", () => {
  function azureNative(name: string, value: string): void {
    checkout.write("Pulumi.local.yaml", `${settings.trimEnd()}\n  azure-native:${name}: ${value}\n`);
  }

  it("the resource group does not exist", async () => {
    checkout.configure({ resourceGroupName: "Nowhere" });
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect({ code, output }).toFail();
    expectSentence(output, /Nowhere.*does not exist.*az group create/);
  });

  it("the client secret is wrong", async () => {
    azureNative("clientSecret", "wrong");
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect({ code, output }).toFail();
    expectSentence(output, /AADSTS7000215|Invalid client secret/);
  });

  it("the cloud's endpoint can't be reached: no three minutes of silence", async () => {
    azureNative("metadataHost", "localhost:1");
    const started = Date.now();
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect({ code, output }).toFail();
    expectSentence(output, /localhost:1/);
    expect(Date.now() - started).toBeLessThan(45_000);
  });

  it("the account's name is soft-deleted", async () => {
    const accounts = cognitiveServicesClient(checkout.cloud).accounts;
    await accounts.beginCreateAndWait(
      "ResourceGroup1",
      "Gone",
      { location: "northcentralus", kind: "OpenAI", sku: { name: "S0" }, properties: { customSubDomainName: "gone" } },
      { updateIntervalInMs: 100 },
    );
    await accounts.beginDeleteAndWait("ResourceGroup1", "Gone", { updateIntervalInMs: 100 });
    checkout.configure({ account: { name: "Gone" } });
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect({ code, output }).toFail();
    expectSentence(output, /held by a soft-deleted account until [\s\S]*account\.name/);
  });

  it("the subdomain is taken", async () => {
    await cognitiveServicesClient(checkout.cloud).accounts.beginCreateAndWait(
      "ResourceGroup1",
      "Other",
      {
        location: "northcentralus",
        kind: "OpenAI",
        sku: { name: "S0" },
        properties: { customSubDomainName: "wanted" },
      },
      { updateIntervalInMs: 100 },
    );
    checkout.configure({ account: { name: "Wanted" } });
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect({ code, output }).toFail();
    expectSentence(output, /CustomDomainInUse|subdomain/i);
  });

  it("more capacity than the quota has; with less, the next up goes on with the same job", async () => {
    checkout.configure({ "deploy.capacity": 999_999 });
    const refused = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect(refused).toFail();
    expectSentence(refused.output, /InsufficientQuota|quota/i);
    checkout.write("Pulumi.local.yaml", settings);
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect({ code, output }).toSucceed();
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
  });
});
