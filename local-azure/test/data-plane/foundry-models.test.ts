import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { fineTunedModel } from "../fine-tuned-model";
import { call, tokenFor } from "../https-call";
import { deploy } from "./deployments";
import { questions } from "./examples";

// Foundry's model inference API: https://<account>.services.ai.azure.com/models, the deployment in the body.
const OPENAI_USER = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";
const COGNITIVE_SERVICES_USER = "a97b65f3-24c7-4388-baec-2e87135dc908";
const [question, answer] = questions[5]!;
const version = "2024-05-01-preview";

let service: TestService;
let foundry: AccountRecord;
beforeAll(async () => {
  service = await startForTest();
  for (const name of ["foundry", "plain"]) {
    const account = service.addAccount(name);
    if (name === "foundry") (foundry = account).kind = "AIServices";
    deploy(service, account, "tuned", await fineTunedModel(service, account, name));
  }
  const model = { name: "text-embedding-3-small", version: "1", format: "OpenAI" };
  deploy(service, foundry, "embedding", model.name, { model });
});
afterAll(() => service.close());

const messages = [{ role: "user", content: question }];
const byKey = () => ({ "api-key": foundry.keys[0] });
const post = (
  body: object,
  { path = "chat/completions", query = `?api-version=${version}`, headers = {}, on = "foundry" } = {},
) =>
  call(service, `/accounts/${on}/models/${path}${query}`, {
    method: "POST",
    headers: Object.keys(headers).length === 0 ? byKey() : headers,
    body,
  });

it.each([version, "2025-04-01"])("a tuned model answers by %s", async (apiVersion) => {
  const { status, body } = await post({ model: "tuned", messages }, { query: `?api-version=${apiVersion}` });
  expect({ status, body }).toMatchObject({ status: 200, body: { choices: [{ message: { content: answer } }] } });
});

it("the key comes as Bearer, too, and the deployment by header", async () => {
  const headers = { authorization: `Bearer ${foundry.keys[0]}`, "x-ms-model-mesh-model-name": "tuned" };
  expect(await post({ messages }, { headers })).toMatchObject({ status: 200 });
});

it("embeddings", async () => {
  const { status, body } = await post({ model: "embedding", input: ["one"] }, { path: "embeddings" });
  expect([status, (body as { data: unknown[] }).data.length]).toEqual([200, 1]);
});

it.each(["", "?api-version=2024-10-21", "?api-version=v1"])("with api-version %j nothing is served", async (query) => {
  const error = { code: "BadRequest", message: "API version not supported" };
  expect(await post({ model: "tuned", messages }, { query })).toMatchObject({ status: 400, body: { error } });
});

it("a request without a model is refused in Azure's words", async () => {
  const message =
    "No model specified in request. Please provide a model name in the request body or as a x-ms-model-mesh-model-name header.";
  const { status, body } = await post({ messages });
  expect([status, body]).toEqual([400, { error: { code: "no_model_name", message, details: message } }]);
});

it("an unknown deployment, and an account of kind OpenAI, are 404", async () => {
  const unknown = await post({ model: "nothing", messages });
  expect(unknown).toMatchObject({ status: 404, body: { error: { code: "DeploymentNotFound" } } });
  const [plain] = service.world.state.accounts.filter(({ kind }) => kind === "OpenAI");
  const headers = { "api-key": plain!.keys[0] };
  const refused = await post({ model: "tuned", messages }, { headers, on: "plain" });
  expect(refused).toMatchObject({ status: 404, body: { error: { message: "Resource not found" } } });
});

it.each([
  [COGNITIVE_SERVICES_USER, 200],
  [OPENAI_USER, 401],
])("an identity with the role %s gets %i", async (role, status) => {
  const client = service.addClient({ displayName: role, roles: [role] });
  const headers = { authorization: `Bearer ${await tokenFor(service, client, "https://cognitiveservices.azure.com")}` };
  expect(await post({ model: "tuned", messages }, { headers })).toMatchObject({ status });
});
