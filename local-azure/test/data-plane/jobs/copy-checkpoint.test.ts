import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { roleDefinitionId } from "../../../src/rbac/role-ids";
import { startForTest, type TestService } from "../../../src/testing";
import type { AccountRecord } from "../../../src/world/state";
import { cognitiveServices } from "../../clients";
import { deploy } from "../deployments";
import { questions, trainingText } from "../examples";
import { v1 } from "../openai-clients";
import { call, uploadFile } from "../plain-client";

const FOUNDRY_USER = "53ca6127-db72-4b80-b1b0-d745d6d5456d";
const PREVIEW = { "aoai-copy-ft-checkpoints": "preview", accept: "application/json" };

describe("a copy of a checkpoint", () => {
  let service: TestService;
  let source: AccountRecord;
  let destination: AccountRecord;
  let jobId: string;
  let checkpoints: { id: string; fine_tuned_model_checkpoint: string; step_number: number }[];
  let number = 0;

  beforeAll(async () => {
    service = await startForTest({ settings: { deploymentSeconds: 30 } });
  });
  afterAll(() => service.close());
  beforeEach(async () => {
    number += 1;
    source = service.addAccount(`Source${number}`);
    destination = service.addAccount(`Destination${number}`);
    destination.location = "swedencentral";
    destination.dataPlane.jobsEverCreated = 1;
    const principalId = `00000000-0000-4000-8000-00000000000${number}`;
    source.identity = { type: "UserAssigned", userAssignedIdentities: { "/id": { principalId } } };
    service.world.state.roleAssignments.push({
      ...{ id: `copy${number}`, name: `copy${number}`, scope: destination.id, principalId },
      roleDefinitionId: roleDefinitionId(service.subscriptionId, FOUNDRY_USER),
      ...{ principalType: "ServicePrincipal", createdAt: 0 },
    });
    const file = await uploadFile(service, source, "openai/v1/files", trainingText(), "fine-tune");
    const client = v1(service, source);
    const hyperparameters = { n_epochs: 2, batch_size: 6 };
    const body = { model: "gpt-4o-mini", training_file: file.body.id as string, hyperparameters };
    jobId = (await client.fineTuning.jobs.create(body)).id;
    checkpoints = (await client.fineTuning.jobs.checkpoints.list(jobId)).data;
  });

  const copy = (
    method: "GET" | "POST",
    body?: object,
    headers: Record<string, string> = PREVIEW,
    id = checkpoints[1]!.id,
  ) => call(service, source, method, `openai/v1/fine_tuning/jobs/${jobId}/checkpoints/${id}/copy`, body, headers);
  const to = (more: object = {}) => ({ destinationResourceId: destination.id, region: "Sweden Central", ...more });
  const put = (name: string) =>
    cognitiveServices(service).deployments.beginCreateOrUpdate("ResourceGroup1", destination.name, "copied", {
      sku: { name: "Standard", capacity: 1 },
      properties: { model: { format: "OpenAI", name, version: "1" } },
    });
  const known = async () => {
    const client = v1(service, destination);
    let right = 0;
    for (const [question, answer] of questions) {
      const messages = [{ role: "user" as const, content: question }];
      const { choices } = await client.chat.completions.create({ model: "copied", messages });
      if (choices[0]!.message.content === answer) right += 1;
    }
    return right;
  };

  it("is deployed by its name where it went, answers by its step, and outlives the job", async () => {
    const { fine_tuned_model_checkpoint: name, step_number: step } = checkpoints[1]!;
    expect(step).toBe(2);
    await expect(put(name)).rejects.toMatchObject({ code: "DeploymentModelNotSupported" });
    const details = { destinationResourceId: destination.id, region: "Sweden Central" };
    const started = await copy("POST", to());
    expect(started.status).toBe(200);
    expect(started.body).toEqual({
      ...{ checkpointedModelName: name, fineTuningJobId: jobId },
      copiedAccountDetails: [{ ...details, status: "InProgress" }],
    });
    await expect(put(name)).rejects.toMatchObject({ code: "DeploymentModelNotSupported" });
    service.advance(30_000);
    expect((await copy("GET")).body.copiedAccountDetails).toEqual([{ ...details, status: "Completed" }]);
    await call(service, source, "DELETE", `openai/fine_tuning/jobs/${jobId}?api-version=2024-10-21`);
    await put(name);
    service.advance(60_000);
    expect(await known()).toBe(questions.length / 2);
    const models = (await call(service, destination, "GET", "openai/v1/models")).text;
    expect(models).not.toContain(".ft-");
  });

  it("of the last step has the model's own name", async () => {
    await copy("POST", to(), PREVIEW, checkpoints[0]!.id);
    service.advance(30_000);
    deploy(service, destination, "copied", checkpoints[0]!.fine_tuned_model_checkpoint);
    source.dataPlane.jobs = [];
    expect(await known()).toBe(questions.length);
  });

  it.each<[string, () => void]>([
    ["no job has run on the destination", () => (destination.dataPlane.jobsEverCreated = 0)],
    ["the source account has no user-assigned identity", () => delete source.identity],
    ["the destination is private", () => (destination.properties.publicNetworkAccess = "Disabled")],
  ])("fails where %s", async (_, spoil) => {
    spoil();
    await copy("POST", to());
    service.advance(30_000);
    expect((await copy("GET")).body.copiedAccountDetails).toMatchObject([{ status: "Failed" }]);
    await expect(put(checkpoints[1]!.fine_tuned_model_checkpoint)).rejects.toMatchObject({
      code: "DeploymentModelNotSupported",
    });
  });

  it("is refused without the preview's header, for another region, and for accounts that will not do", async () => {
    const refusals = [
      [await copy("POST", to(), {}), "aoai-copy-ft-checkpoints is required"],
      [await copy("GET", undefined, {}), "aoai-copy-ft-checkpoints is required"],
      [await copy("POST", to({ region: "eastus2" })), "the destination is in 'swedencentral'"],
      [await copy("POST", to({ destinationResourceId: source.id })), "is the account that has the checkpoint"],
      [await copy("POST", to({ destinationResourceId: "/x" })), "was not found"],
      [await copy("POST", {}), "destinationResourceId is required"],
    ] as const;
    for (const [answer, message] of refusals) {
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatchObject({ message: expect.stringContaining(message) as unknown });
    }
    expect((await copy("POST", to(), PREVIEW, "ftchkpt-none")).status).toBe(404);
  });
});
