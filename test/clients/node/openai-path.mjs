import { createReadStream } from "node:fs";
import { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { ClientSecretCredential } from "@azure/identity";
import { zodResponseFormat, zodTextFormat } from "openai/helpers/zod";
import { z } from "zod";
import { client, expect, expectAnswer, service, step, until, weather } from "./steps.mjs";

const credential = new ClientSecretCredential(service.tenantId, service.clientId, service.clientSecret, {
  authorityHost: service.endpoint,
  disableInstanceDiscovery: true,
});
export const token = async () => (await credential.getToken("https://cognitiveservices.azure.com/.default")).token;

/**
 * The whole path with one of the package's clients.
 * @param make - gives the client whose calls name the deployment `deployment`
 */
export async function wholePath(make, { responses = true } = {}) {
  client("openai");
  const openai = make("");
  const file = await step("upload", () =>
    openai.files.create({ file: createReadStream(service.rowsFile), purpose: "fine-tune" }),
  );
  await step("files", async () => {
    await openai.files.waitForProcessing(file.id, { pollInterval: 300 });
    expect(
      (await openai.files.list()).data.some(({ id }) => id === file.id),
      "the list lacks the file",
    );
    const text = await (await openai.files.content(file.id)).text();
    expect(text.startsWith('{"messages"'), "the content is another");
  });
  const job = await step("job", () =>
    openai.fineTuning.jobs.create({ model: service.baseModel, training_file: file.id, suffix: "client" }),
  );
  const trained = await step("wait", () =>
    until(
      () => openai.fineTuning.jobs.retrieve(job.id),
      ({ status }) => status === "succeeded",
    ),
  );
  await step("events, checkpoints", async () => {
    const events = [];
    for await (const event of openai.fineTuning.jobs.listEvents(job.id, { limit: 5 })) events.push(event);
    expect(events.length > 5, "one page of events only");
    expect((await openai.fineTuning.jobs.checkpoints.list(job.id)).data.length > 0, "no checkpoint");
    expect(
      (await openai.fineTuning.jobs.list()).data.some(({ id }) => id === job.id),
      "the list lacks the job",
    );
  });
  const arm = new CognitiveServicesManagementClient(credential, service.subscriptionId, {
    endpoint: service.endpoint,
    credentialScopes: `${service.endpoint}/.default`,
  });
  await step("deploy (ARM)", () =>
    arm.deployments.beginCreateOrUpdateAndWait(service.resourceGroup, service.account, "own", {
      sku: { name: "Standard", capacity: 1 },
      properties: { model: { format: "OpenAI", name: trained.fine_tuned_model, version: "1" } },
    }),
  );
  await chat(make("own"));
  if (responses) await respond(make("own"));
  await step("cleanup", async () => {
    await arm.deployments.beginDeleteAndWait(service.resourceGroup, service.account, "own");
    await openai.files.delete(file.id);
  });
}

const messages = [
  { role: "system", content: "The system is an AI teacher that helps people learn about AI" },
  { role: "user", content: service.question },
];
const Verdict = z.object({ topic: z.string(), hard: z.boolean() });

async function chat(openai) {
  const model = "own";
  await step("chat", async () => {
    const { choices } = await openai.chat.completions.create({ model, messages });
    expectAnswer(choices[0].message.content);
  });
  await step("stream", async () => {
    let text = "";
    for await (const { choices } of await openai.chat.completions.create({ model, messages, stream: true }))
      text += choices[0]?.delta?.content ?? "";
    expectAnswer(text);
  });
  await step("structured output", async () => {
    const asked = { model, messages, response_format: zodResponseFormat(Verdict, "verdict") };
    Verdict.parse((await openai.chat.completions.parse(asked)).choices[0].message.parsed);
  });
  await step("tools", async () => {
    const tools = [{ type: "function", function: weather }];
    const asked = { model, messages, tools, tool_choice: "required" };
    const [call] = (await openai.chat.completions.create(asked)).choices[0].message.tool_calls;
    expect(typeof JSON.parse(call.function.arguments).city === "string", "the arguments lack the city");
  });
}

async function respond(openai) {
  const model = "own";
  await step("responses", async () => {
    const asked = { model, instructions: messages[0].content, input: service.question };
    const first = await openai.responses.create(asked);
    expectAnswer(first.output_text);
    let text = "";
    for await (const event of await openai.responses.create({ ...asked, stream: true }))
      if (event.type === "response.output_text.delta") text += event.delta;
    expectAnswer(text);
    const format = zodTextFormat(Verdict, "verdict");
    Verdict.parse((await openai.responses.parse({ ...asked, text: { format } })).output_parsed);
    await openai.responses.delete(first.id);
  });
}
