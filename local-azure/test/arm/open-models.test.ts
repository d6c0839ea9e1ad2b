import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { cognitiveServices } from "../clients";
import { trainingText } from "../data-plane/examples";
import { call, uploadFile } from "../data-plane/plain-client";

const GROUP = "ResourceGroup1";
let service: TestService;
let client: CognitiveServicesManagementClient;
let foundry: AccountRecord;
let openAi: AccountRecord;

beforeAll(async () => {
  service = await startForTest({ settings: { trainingSeconds: 1, deploymentSeconds: 0 } });
  client = cognitiveServices(service);
  openAi = service.addAccount("plain");
  foundry = Object.assign(service.addAccount("foundry"), { kind: "AIServices" });
});
afterAll(() => service.close());

async function submit(account: AccountRecord, trainingType: string) {
  const file = await uploadFile(service, account, "openai/v1/files", trainingText(), "fine-tune");
  service.advance(60_000);
  const body = { model: "gpt-oss-20b", training_file: file.body.id, suffix: "oss", trainingType };
  return call(service, account, "POST", "openai/v1/fine_tuning/jobs", body);
}

async function modelsOf({ name }: AccountRecord): Promise<string[]> {
  const listed: string[] = [];
  for await (const model of client.accounts.listModels(GROUP, name)) listed.push(`${model.format}/${model.name}`);
  return listed;
}

it("is listed and trained on Foundry accounts alone", async () => {
  expect(await modelsOf(openAi)).not.toContain("OpenAI-OSS/gpt-oss-20b");
  expect(await modelsOf(foundry)).toEqual(
    expect.arrayContaining([
      "OpenAI-OSS/gpt-oss-20b",
      "Alibaba/qwen3-32b",
      "Meta/Llama-3.3-70B-Instruct",
      "Mistral AI/Ministral-3B",
    ]),
  );
  expect(await submit(openAi, "GlobalStandard")).toMatchObject({ status: 400 });
});

it("is trained in the data zone or globally, and deployed in its own format under its own quota", async () => {
  expect(await submit(foundry, "Standard")).toMatchObject({ status: 400 });
  const job = await submit(foundry, "GlobalStandard");
  expect(job.body).toMatchObject({ model: "gpt-oss-20b-11" });
  service.advance(600_000);
  const { body } = await call(service, foundry, "GET", `openai/v1/fine_tuning/jobs/${String(job.body.id)}`);
  const name = String(body.fine_tuned_model);
  expect(name).toMatch(/^gpt-oss-20b-11\.ft-[0-9a-f]{32}-oss$/);
  const put = (format: string, sku = "GlobalStandard") =>
    client.deployments.beginCreateOrUpdateAndWait(
      ...([GROUP, foundry.name, "oss"] as const),
      { sku: { name: sku, capacity: 100 }, properties: { model: { format, name, version: "1" } } },
      { updateIntervalInMs: 1 },
    );
  await expect(put("OpenAI")).rejects.toMatchObject({ code: "DeploymentModelNotSupported" });
  await expect(put("Meta")).rejects.toMatchObject({ code: "DeploymentModelNotSupported" });
  await expect(put("OpenAI-OSS", "Standard")).rejects.toMatchObject({ code: "InvalidResourceProperties" });
  await put("OpenAI-OSS");
  expect(foundry.deployments[0]).toMatchObject({ quota: "AIServices.GlobalStandard.GPT-OSS-20B-Finetune" });
  const usages = new Map<string, number>();
  for await (const { name: quota, currentValue } of client.usages.list(foundry.location))
    usages.set(quota?.value ?? "", currentValue ?? 0);
  expect(usages.get("AIServices.GlobalStandard.GPT-OSS-20B-Finetune")).toBe(100);
});

it("has one entry for Foundry accounts and one for MaaS in the region's list", async () => {
  const kinds: unknown[] = [];
  for await (const { kind, model } of client.models.list(foundry.location))
    if (model?.name === "gpt-oss-20b") kinds.push([kind, model.version, model.skus?.map(({ usageName }) => usageName)]);
  const skus = ["AIServices.GlobalStandard.GPT-OSS-20B-Finetune"];
  expect(kinds).toEqual([
    ["AIServices", "11", skus],
    ["MaaS", "11", skus],
  ]);
});
