import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import eastus2 from "../fixtures/resource-manager/models-eastus2.json";
import usages from "../fixtures/resource-manager/usages-eastus2.json";
import { Checkout } from "./checkout";
import { expectSentence } from "./expect-sentence";

// What a region's own lists say today stops the preview of what Azure would refuse, and nothing else. The lists are Azure's, as recorded.
jest.setTimeout(300_000);

type Lists = Record<"models" | "usages", Record<string, unknown>>;
const recorded: Lists = { models: { eastus2: eastus2.value }, usages: { eastus2: usages.value } };
/** The recorded list, had Azure recorded it a year later. */
const ofNextYear = (change: (text: string) => string = (text) => text): Lists => ({
  ...recorded,
  models: { eastus2: JSON.parse(change(JSON.stringify(eastus2.value).replaceAll(/"2026-(\d\d)/g, '"2027-$1'))) },
});
const global = {
  model: "gpt-4.1",
  location: "eastus2",
  trainingType: "GlobalStandard",
  "deploy.sku": "GlobalStandard",
};
const MODELS = "GET .*/locations/[^/]+/models";
const FORBIDDEN = { kind: "answer", status: 403, code: "AuthorizationFailed", message: "No right to read it." };

let checkout: Checkout;
let settings: string;
beforeAll(async () => {
  checkout = await Checkout.open();
  settings = checkout.read("Pulumi.local.yaml");
});
afterEach(async () => {
  checkout.write("Pulumi.local.yaml", settings);
  give({});
  await checkout.admin("DELETE", "/faults");
});
afterAll(() => checkout.close());

function give(lists: Partial<Lists>): void {
  mkdirSync(path.join(checkout.folder, ".local", "azure"), { recursive: true });
  checkout.write(path.join(".local", "azure", "lists.json"), JSON.stringify(lists));
}

async function expectStopped(change: Record<string, unknown>, sentence: RegExp): Promise<void> {
  checkout.configure(change);
  const { code, output } = await checkout.pulumi("preview");
  expect({ code, output }).toFail();
  expectSentence(output.replaceAll(/\s+/g, " "), sentence);
}

async function expectUp(): Promise<void> {
  const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
}

describe("the preview of a first training stops, and names what is allowed", () => {
  it("the model is retired for training", async () => {
    give(recorded);
    await expectStopped(
      global,
      /gpt-4\.1-2025-04-14 can no longer be fine-tuned \(since 2026-10-14\); .* Set model to one of: .*Resource Manager's list of models for eastus2/,
    );
  });

  it("the region has no such deployment", async () => {
    give(ofNextYear());
    await expectStopped(
      { ...global, "deploy.sku": "DataZoneStandard" },
      /can't be deployed as 'DataZoneStandard' in 'eastus2'; expected ProvisionedManaged, GlobalStandard, DeveloperTier\./,
    );
  });

  it("the step of throughput units is another than the catalog's", async () => {
    give(ofNextYear((text) => text.replaceAll('"minimum":25,"maximum":30000,"step":25', '"minimum":50,"step":50')));
    await expectStopped(
      { ...global, "deploy.sku": "ProvisionedManaged", "deploy.capacity": 75 },
      /in steps of 50 throughput units, and 75 is not a multiple of 50; expected 50, 100, 150/,
    );
  });

  it("the quota is used up", async () => {
    const full = usages.value.map((usage) => ({ ...usage, currentValue: usage.limit }));
    give({ ...ofNextYear(), usages: { eastus2: full } });
    await expectStopped(
      global,
      /Not enough quota in eastus2 for a GlobalStandard deployment with capacity 1 \(deploy\.capacity\)\. OpenAI\.GlobalStandard\.gpt4\.1-finetune: 250 of 250 in use, so at most 0 is available\./,
    );
  });

  it("one deployment can't have so much, whatever is left of the quota", async () => {
    give(ofNextYear());
    await expectStopped(
      { ...global, "deploy.sku": "DeveloperTier", "deploy.capacity": 251 },
      /deploy\.capacity is 251, but a DeveloperTier deployment of this model in eastus2 must have a capacity of 1 to 250\./,
    );
  });
});

describe("a stack that is deployed", () => {
  beforeAll(() => expectUp());

  it("previews no change where the list can't be read: the catalog decides, which one line says", async () => {
    await checkout.admin("POST", "/faults", { match: MODELS, times: 99, action: FORBIDDEN });
    const { code, output } = await checkout.pulumi("preview", "--expect-no-changes");
    expect({ code, output }).toSucceed();
    const told = output.split("\n").filter((line) => line.includes("ould not read"));
    expect(told).toEqual([
      expect.stringMatching(/list of models for northcentralus, so the built-in catalog is used instead: .*Reader/),
    ]);
  });

  it("is not stopped by a list that has lost its model and all quota: nothing is trained or deployed", async () => {
    const northcentralus = usages.value.map((usage) => ({ ...usage, currentValue: usage.limit }));
    give({ models: { northcentralus: eastus2.value }, usages: { northcentralus } });
    const { code, output } = await checkout.pulumi("preview", "--expect-no-changes");
    expect({ code, output }).toSucceed();
    expect(output).toMatch(/can no longer be fine-tuned|has been closed to fine-tuning since 2026-10-01/);
  });

  it("is stopped where its deployment is to be larger than what is left", async () => {
    await expectStopped(
      { "deploy.capacity": 251 },
      /deployment with capacity 251 \(deploy\.capacity\)\. .*: 1 of 250 in use, including 1 held by \S+, .*at most 250 is available/,
    );
  });
});
