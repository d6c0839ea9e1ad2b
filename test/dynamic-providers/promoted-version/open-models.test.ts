import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { AccountRecord } from "local-azure/world/state";
import { ModelDeployment, PromotedModel } from "../../../components";
import { chatProbeHandler } from "../../../dynamic-providers/chat-probe/handler";
import { promotedVersionHandler } from "../../../dynamic-providers/promoted-version/handler";
import type { PromotableVersion, PromotedVersionInputs } from "../../../dynamic-providers/promoted-version/schema";
import { cognitiveServices } from "../../../local-azure/test/clients";
import { trainingText } from "../../../local-azure/test/data-plane/examples";
import { call, uploadFile } from "../../../local-azure/test/data-plane/plain-client";
import { mockProgram, settled } from "../../support/mocked-program";
import { rehearse, type Rehearsal } from "../../support/rehearsal";
import { inputsFor } from "./promotable";

// gpt-oss-20b, tuned on a Foundry account, in another account: Foundry accounts alone offer it.

let rehearsal: Rehearsal;
let target: AccountRecord;
let version: PromotableVersion;
beforeAll(async () => {
  rehearsal = await rehearse();
  rehearsal.account.kind = "AIServices";
  target = Object.assign(rehearsal.service.addAccount("Production"), { location: "swedencentral" });
  version = await tuned();
});
afterAll(() => rehearsal.close());

async function tuned(): Promise<PromotableVersion> {
  const { service, account, accountId } = rehearsal;
  const file = await uploadFile(service, account, "openai/v1/files", trainingText(), "fine-tune");
  service.advance(60_000);
  const request = { model: "gpt-oss-20b", training_file: file.body.id, suffix: "oss", trainingType: "GlobalStandard" };
  const job = await call(service, account, "POST", "openai/v1/fine_tuning/jobs", request);
  service.advance(3_600_000);
  const jobId = String(job.body.id);
  const { body } = await call(service, account, "GET", `openai/v1/fine_tuning/jobs/${jobId}`);
  return {
    ...{ jobId, fineTunedModel: String(body.fine_tuned_model), base: "gpt-oss-20b", checkpoint: "last" },
    ...{ adopted: false, trainingKey: "2".repeat(64), trainingSha256: "5a".repeat(32), trainedAt: 1_795_000_000 },
    promotedFrom: { stack: "dev", version: 2, accountId },
  };
}

const inputs = (accountKind?: string): PromotedVersionInputs => ({
  ...inputsFor(version, target),
  ...{ sku: "GlobalStandard", accountKind },
});

async function check(news: PromotedVersionInputs, olds: Partial<PromotedVersionInputs> = {}) {
  const handler = promotedVersionHandler(rehearsal.newProcess());
  return (await handler.check(olds, news)).failures.map(({ reason }) => reason).join();
}

const REFUSAL =
  "Version 2 of dev can't be promoted: models tuned from gpt-oss-20b can't be deployed in an account of kind OpenAI; only accounts of kind AIServices offer them. " +
  "Set account.kind to AIServices, set account.name to an existing account of that kind, or promote a version of another base model.";

it("is refused at preview in an account of kind OpenAI, by the region's list and by the catalog", async () => {
  expect(await check(inputs("OpenAI"))).toBe(REFUSAL);
  rehearsal.proxy.disturb("GET", /\/models\?/, { status: 403, code: "AuthorizationFailed" }, Infinity);
  expect(await check(inputs("OpenAI"))).toBe(REFUSAL);
  expect(await check(inputs("AIServices"))).toBe("");
  rehearsal.proxy.fault = () => undefined;
});

it("is promoted into a Foundry account, and where a state of an earlier release names no kind", async () => {
  expect(await check(inputs("AIServices"))).toBe("");
  expect(await check(inputs())).toBe("");
});

it("changes nothing of a version that serves already, whose state has no kind", async () => {
  const handler = promotedVersionHandler(rehearsal.newProcess());
  const state = { ...inputs(), stateVersion: 1 as const };
  expect(await handler.diff("promoted", state, inputs("AIServices"))).toEqual({ changes: false });
  expect(await check(inputs("OpenAI"), inputs())).toBe("");
});

it("is deployed as the program says, in its own format, and answers the probe", async () => {
  const program = await mockProgram({}, { ModelVersions: served() });
  const path = target.id;
  const account = {
    ...{ subscriptionId: rehearsal.service.subscriptionId, resourceGroupName: "ResourceGroup1" },
    ...{ accountName: target.name, accountId: path, path, location: target.location, kind: "AIServices" },
  };
  const deploy = { sku: "GlobalStandard", capacity: 100 };
  const model = new PromotedModel("tutor", { account, from: { stack: "dev" }, deploy }, version);
  new ModelDeployment("tutor", { account, model, deploymentName: "oss", ...deploy });
  await settled();
  expect(program.find("tutor-promoted").inputs).toMatchObject({ accountKind: "AIServices", sku: "GlobalStandard" });

  const { sku, properties } = program.find("tutor-deployment").inputs as never;
  const put = () =>
    cognitiveServices({ ...rehearsal.service, origin: rehearsal.proxy.origin }).deployments.beginCreateOrUpdateAndWait(
      ...(["ResourceGroup1", target.name, "oss", { sku, properties }] as const),
      { updateIntervalInMs: 1 },
    );
  target.kind = "OpenAI";
  await expect(put()).rejects.toMatchObject({ code: "DeploymentModelNotSupported" });
  target.kind = "AIServices";
  expect((await put()).properties?.model).toMatchObject({ format: "OpenAI-OSS", source: rehearsal.accountId });

  const { outs } = await chatProbeHandler(rehearsal.newProcess()).create({
    ...{ accountId: target.id, deploymentName: "oss", fineTunedModel: version.fineTunedModel, deployedAt: "" },
    ...{ systemMessage: "You answer questions.", question: "What is a token?", maxTokens: 50, waitMinutes: 5 },
  });
  expect(outs.answer).toMatch(/token/i);
  expect(target.dataPlane).toMatchObject({ files: [], jobs: [], jobsEverCreated: 0 });
});

/** What the register says of it. */
function served() {
  const { fineTunedModel, trainingKey } = version;
  const versions = [{ ...version, version: 1, status: "serving" }];
  return {
    ...{ versions, servedModel: fineTunedModel, servedKey: trainingKey, servedCheckpoint: "last" },
    servedFrom: rehearsal.accountId,
  };
}
