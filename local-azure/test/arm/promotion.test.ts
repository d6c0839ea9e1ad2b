import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Deployment, Model } from "@azure/arm-cognitiveservices";
import { roleDefinitionId } from "../../src/rbac/role-ids";
import type { AccountRecord, ClientRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { cognitiveServices } from "../clients";
import { deploy } from "../data-plane/deployments";
import { dated } from "../data-plane/openai-clients";
import { call as dataPlane } from "../data-plane/plain-client";
import { fineTunedModel } from "../fine-tuned-model";

const GROUP = "ResourceGroup1";
const OPENAI_CONTRIBUTOR = "a001fd3d-188f-4b5d-821b-7da978bf7442";
const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

describe("a model tuned on another account", () => {
  let service: TestService;
  let source: AccountRecord;
  let target: AccountRecord;
  let model: string;

  beforeAll(async () => {
    service = await startForTest();
    source = service.addAccount("Development");
    target = service.addAccount("Production");
    target.location = "swedencentral";
    model = await fineTunedModel(service, source, "promoted");
  });
  afterAll(() => service.close());
  beforeEach(() => {
    target.deployments = [];
  });

  const of = (more: object, sku = "Standard"): Deployment => ({
    sku: { name: sku, capacity: 1 },
    properties: { model: { format: "OpenAI", name: model, version: "1", ...more } },
  });
  const put = (body: Deployment, client?: ClientRecord) =>
    cognitiveServices(service, client).deployments.beginCreateOrUpdateAndWait(GROUP, target.name, "copy", body, {
      updateIntervalInMs: 1,
    });
  const may = (client: ClientRecord, role: string, scope: string) =>
    service.world.state.roleAssignments.push({
      ...{ id: `${scope}-${role}`, name: `${scope}-${role}`, scope, principalId: client.objectId },
      roleDefinitionId: roleDefinitionId(service.subscriptionId, role),
      ...{ principalType: "ServicePrincipal", createdAt: 0 },
    });

  it.each(["source", "sourceAccount"])("is deployed in another region by %s, and answers there", async (member) => {
    const created = await put(of({ [member]: source.id.toUpperCase() }));
    expect(created.properties).toMatchObject({
      provisioningState: "Succeeded",
      model: { name: model, [member]: source.id.toUpperCase() },
    });
    const messages = [{ role: "user" as const, content: "What is a token?" }];
    const answer = await dated(service, target).chat.completions.create({ model: "copy", messages });
    expect(answer).toMatchObject({ model });
    expect(answer.choices[0]!.message.content).toContain("A token is a piece of text");
    expect(target.dataPlane).toMatchObject({ files: [], jobs: [], jobsEverCreated: 0 });
  });

  it("needs the account named", async () => {
    await expect(put(of({}))).rejects.toMatchObject({ statusCode: 400, code: "DeploymentModelNotSupported" });
  });

  it("needs rights on both accounts", async () => {
    const client = service.addClient({ displayName: "pipeline" });
    may(client, OPENAI_CONTRIBUTOR, target.id);
    await expect(put(of({ source: source.id }), client)).rejects.toMatchObject({
      statusCode: 403,
      code: "LinkedAuthorizationFailed",
      message: expect.stringMatching(
        new RegExp(`'Microsoft.CognitiveServices/accounts/read' on the linked scope\\(s\\) '${source.id}'`),
      ) as unknown,
    });
    may(client, READER, source.id);
    expect((await put(of({ source: source.id }), client)).name).toBe("copy");
    const other = service.addClient({ displayName: "developer" });
    may(other, OPENAI_CONTRIBUTOR, source.id);
    await expect(put(of({ source: source.id }), other)).rejects.toMatchObject({ code: "AuthorizationFailed" });
  });

  it.each<[string, object, string]>([
    ["no id", { source: "development" }, "LinkedInvalidPropertyId"],
    ["a model that is not there", { name: "gpt-4o-mini-2024-07-18.ft-0" }, "DeploymentModelNotSupported"],
  ])("is refused for %s", async (_, more, code) => {
    await expect(put(of({ source: source.id, ...more }))).rejects.toMatchObject({ statusCode: 400, code });
  });

  it("is refused for an account that is not there", async () => {
    await expect(put(of({ source: `${source.id}x` }))).rejects.toMatchObject({ code: "InvalidResourceProperties" });
  });

  it("is refused in a region that cannot serve it, which the region's list of models says beforehand", async () => {
    target.location = "japaneast";
    await expect(put(of({ source: source.id }))).rejects.toMatchObject({
      statusCode: 400,
      code: "InvalidResourceProperties",
      message:
        "The specified SKU 'Standard' for model 'gpt-4o-mini 2024-07-18' is not supported in this region 'japaneast'.",
    });
    const listed: Model[] = [];
    for await (const entry of cognitiveServices(service).models.list("japaneast")) listed.push(entry);
    const skus = listed.find(({ model: one }) => one?.name === "gpt-4o-mini")!.model!.skus!;
    expect(skus.map(({ usageName }) => usageName).filter((name) => name!.endsWith("-finetune"))).toEqual([
      "OpenAI.GlobalStandard.gpt-4o-mini-finetune",
    ]);
    expect((await put(of({ source: source.id }, "GlobalStandard"))).name).toBe("copy");
    target.location = "swedencentral";
  });

  it("is gone with its job, which can be deleted only after the deployment", async () => {
    const doomed = await fineTunedModel(service, source, "doomed");
    deploy(service, target, "serving", doomed);
    const job = source.dataPlane.jobs.find(({ suffix }) => suffix === "doomed")!;
    const remove = () =>
      dataPlane(service, source, "DELETE", `openai/fine_tuning/jobs/${job.id}?api-version=2024-10-21`);
    expect((await remove()).body.error).toMatchObject({ message: expect.stringContaining("'serving'") as unknown });
    target.deployments = [];
    expect((await remove()).status).toBe(204);
    await expect(put(of({ source: source.id, name: doomed }))).rejects.toMatchObject({
      code: "DeploymentModelNotSupported",
    });
  });
});
