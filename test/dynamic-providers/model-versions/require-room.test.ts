import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { modelVersionsHandler } from "../../../dynamic-providers/model-versions/handler";
import type { ModelVersion, ModelVersionsInputs } from "../../../dynamic-providers/model-versions/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { deploy, rehearse, type Rehearsal } from "../../support/rehearsal";

// A return to a kept version, or a promotion, under a quota of 250.
const QUOTA = "OpenAI.Standard.gpt-4o-mini-finetune";
const model = (number: number) => `gpt-4o-mini-2024-07-18.ft-${`${number}`.repeat(32)}-v${number}`;
const version = (number: number, more: Partial<ModelVersion> = {}): ModelVersion => ({
  ...{ version: number, status: "kept", jobId: `ftjob-${`${number}`.repeat(32)}`, trainingKey: `${number}`.repeat(64) },
  ...{
    fineTunedModel: model(number),
    checkpoint: "last",
    base: "gpt-4o-mini-2024-07-18",
    adopted: false,
    trainedAt: 1,
  },
  ...{ trainingSha256: "5a".repeat(32), ...more },
});

let rehearsal: Rehearsal;
beforeEach(async () => {
  rehearsal = await rehearse();
});
afterEach(() => rehearsal.close());

function serve(number: number, capacity: number, name = `tutor-${number}`): void {
  deploy(rehearsal, name, model(number));
  Object.assign(rehearsal.account.deployments.at(-1)!, { quota: QUOTA, sku: { name: "Standard", capacity } });
}

/** Two versions, of which the second serves. */
function register(more: Partial<ModelVersionsInputs> = {}): ModelVersionsInputs {
  const { accountId, location } = rehearsal;
  return {
    ...version(2),
    ...{ accountId, location, job: "job", deployed: true, retain: { versions: 3 } },
    ...{ deployment: { sku: "Standard", capacity: 150 } },
    ...{ versions: [version(2, { status: "serving" }), version(1)], servedModel: model(2), servedKey: "2" },
    ...{ servedCheckpoint: "last", rejected: "" },
    ...more,
  };
}

/** What the check says of an `up` or its preview, which ask alike. */
async function refused(more: Partial<ModelVersionsInputs>, olds: Partial<ModelVersionsInputs> = {}): Promise<string> {
  const { failures } = await modelVersionsHandler(rehearsal.newProcess()).check(register(olds), register(more));
  return failures.map(({ reason }) => reason).join();
}
const back = (more: Partial<ModelVersionsInputs> = {}) => refused({ pin: 1, ...more });

describe("a version that is kept, by deploy.version", () => {
  it("needs room beside what serves: without it neither preview nor `up` goes on, with the figures", async () => {
    serve(2, 150);
    expect(await back()).toBe(
      `Version 1 (${version(1).jobId}) can't be deployed. Not enough quota in northcentralus for a Standard deployment with capacity 150 (deploy.capacity). ${QUOTA}: 150 of 250 in use, so at most 100 is available. Lower deploy.capacity, delete deployments that are not needed, choose another deploy.sku, or ask for more quota in northcentralus (Foundry portal, Management center, Quota); then run \`pulumi up\` again. Version 2 remains deployed.`,
    );
  });

  it.each<[string, Partial<ModelVersionsInputs>]>([
    ["there is room", { deployment: { sku: "Standard", capacity: 100 } }],
    ["it takes the place of what serves", { deployment: { sku: "Standard", capacity: 250, takesPlaceOf: "tutor-2" } }],
    ["nothing is deployed", { deployed: false, deployment: undefined }],
    ["the program names no deployment, as one of an earlier release", { deployment: undefined }],
  ])("goes on where %s", async (_name, more) => {
    serve(2, 150);
    expect(await back(more)).toBe("");
  });

  it("goes on where its deployment is there already, as after a run that was interrupted", async () => {
    serve(2, 125);
    serve(1, 125);
    expect(await back({ deployment: { sku: "Standard", capacity: 125 } })).toBe("");
  });

  it("goes on where the account's deployments, or the quotas, can't be read: Azure decides", async () => {
    serve(2, 150);
    const broken = { status: 403, code: "AuthorizationFailed" };
    rehearsal.proxy.disturb("GET", /\/usages\?/, broken, Infinity);
    expect(await back()).toBe("");
    expect(rehearsal.lines.join()).toMatch(/could not check whether the region has enough quota/);
    rehearsal.proxy.disturb("GET", /\/deployments\?/, broken, Infinity);
    expect(await back()).toBe("");
  });
});

it.each<[string, Partial<ModelVersionsInputs>]>([
  ["by its data, whose job is found again", { ...version(1) }],
  [
    "by its data, in a preview that doesn't know the job yet",
    { ...version(1), jobId: UNKNOWN, fineTunedModel: UNKNOWN },
  ],
  ["another checkpoint of what serves", { fineTunedModel: `${model(2)}:ckpt-step-10`, checkpoint: 1 }],
  [
    "a promotion",
    {
      ...version(3),
      promotedFrom: {
        stack: "dev",
        version: 3,
        accountId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/dev",
      },
    },
  ],
])("so does %s", async (_name, more) => {
  serve(2, 150);
  expect(await refused(more)).toMatch(/^Version \d \(.+\) can't be deployed\. Not enough quota/);
});

it("a promotion into an account that is still to be made asks its region, also for the base model beside it", async () => {
  serve(2, 150);
  const from = { stack: "dev", version: 3, accountId: rehearsal.accountId };
  const deployment = {
    ...{ sku: "Standard", capacity: 100, accountPath: rehearsal.accountId.replace("Tuning", "new") },
    baseModel: { name: "gpt-4o-mini", sku: "Standard", capacity: 1_000_000 },
  };
  const handler = modelVersionsHandler(rehearsal.newProcess());
  const news = { ...register(), ...version(3), promotedFrom: from, accountId: UNKNOWN, deployment };
  const { failures } = await handler.check(undefined, news);
  expect(failures.map(({ reason }) => reason).join()).toMatch(/^Version 1 .+ deployment of the base model/);
});

it("what is trained in this run is not asked for again, nor what serves and stays", async () => {
  serve(2, 250);
  expect(await refused({ ...version(3) })).toBe("");
  expect(await refused({})).toBe("");
});

describe("a larger deployment of what serves already", () => {
  const promoted: Partial<ModelVersionsInputs> = {
    promotedFrom: { stack: "dev", version: 2, accountId: "/subscriptions/s/resourceGroups/g/providers/p/accounts/dev" },
  };
  const sized = (capacity: number, sku = "Standard") => ({ ...promoted, deployment: { sku, capacity } });

  it.each([
    ["promoted", promoted],
    ["trained here", {}],
  ])("is refused with the figures where the quota doesn't reach: %s", async (_name, more) => {
    serve(2, 100);
    serve(1, 100);
    const larger = { ...more, deployment: { sku: "Standard", capacity: 151 } };
    expect(await refused(larger, { ...more, deployment: { sku: "Standard", capacity: 100 } })).toBe(
      `Not enough quota in northcentralus for a Standard deployment with capacity 151 (deploy.capacity). ${QUOTA}: 200 of 250 in use, including 100 held by the stack's deployment, which will be freed, so at most 150 is available. Lower deploy.capacity, delete deployments that are not needed, choose another deploy.sku, or ask for more quota in northcentralus (Foundry portal, Management center, Quota); then run \`pulumi up\` again. The deployment tutor-2 was left unchanged.`,
    );
  });

  it("is refused again after an `up` that Azure refused: what counts is the deployment, not what the state holds", async () => {
    serve(2, 100);
    expect(await refused(sized(251), sized(251))).toMatch(/^Not enough quota/);
    expect(await refused(sized(250), sized(250))).toBe("");
  });

  it.each([
    ["it stays as large as it is, though the quota was lowered", 200, "Standard"],
    ["it becomes smaller", 1, "Standard"],
    ["another type has room", 500, "DataZoneStandard"],
  ])("goes on where %s", async (_name, capacity, sku) => {
    serve(2, 200);
    serve(1, 200);
    expect(await refused(sized(capacity, sku), sized(200))).toBe("");
  });

  it("so is the base model's beside it", async () => {
    serve(2, 100);
    const base = (capacity: number) => ({
      ...promoted,
      deployment: { sku: "Standard", capacity: 100, baseModel: { name: "mini", sku: "Standard", capacity } },
    });
    expect(await refused(base(1_000), base(1))).toBe("");
    expect(await refused(base(1_001), base(1))).toMatch(/deployment of the base model with capacity 1001/);
  });

  it("is measured by the stack's own deployment: neither by a temporary one nor by another stack's", async () => {
    const owner = "finetune/prod";
    serve(2, 240, "evaluation-0123456789-abcdef");
    serve(2, 1);
    rehearsal.account.deployments.at(-1)!.tags = { "azure-openai-finetune-stack": owner };
    const wanted = { ...sized(11), owner };
    expect(await refused(wanted, wanted)).toMatch(/241 of 250 in use, including 1 held .*at most 10 is available/);
    Object.assign(rehearsal.account.deployments[0]!, {
      name: "theirs",
      tags: { "azure-openai-finetune-stack": "finetune/other" },
    });
    expect(await refused(wanted, wanted)).toMatch(/241 of 250 in use, including 1 held .*at most 10 is available/);
  });

  it("goes on where the deployments can't be read: Azure decides", async () => {
    serve(2, 100);
    rehearsal.proxy.disturb("GET", /\/deployments\?/, { status: 403, code: "AuthorizationFailed" }, Infinity);
    expect(await refused(sized(251), sized(100))).toBe("");
  });

  it("what serves, but has no deployment, as after an `up` that Azure refused, needs room as a new one", async () => {
    serve(1, 100);
    expect(await refused(sized(151), sized(151))).toMatch(/^Version 2 \(.+\) can't be deployed\. Not enough quota/);
    expect(await refused(sized(150), sized(150))).toBe("");
  });
});

it("in an account of others its 10 deployments of tuned models count", async () => {
  for (let number = 0; number < 10; number++) serve(2, 1, `other-${number}`);
  const deployment = { sku: "Standard", capacity: 1 };
  expect(await back({ owner: "finetune/dev", deployment })).toMatch(/has 10 of 10 deployments of fine-tuned models/);
});

it("the deployment's figures are no change of the register", async () => {
  const handler = modelVersionsHandler(rehearsal.newProcess());
  const olds = { ...register(), stateVersion: 1 as const };
  for (const deployment of [undefined, { sku: "GlobalStandard", capacity: 3 }]) {
    expect(await handler.diff("versions", olds, { ...register(), deployment })).toEqual({
      changes: false,
      replaces: [],
    });
  }
});
