import { createAzure } from "@ai-sdk/azure";
import { generateObject, generateText, jsonSchema, streamText, tool } from "ai";
import { z } from "zod";
import { client, expect, expectAnswer, service, step, weather } from "./steps.mjs";

client("@ai-sdk/azure");
const azure = createAzure({ baseURL: `${service.accountEndpoint}openai/v1`, apiKey: service.key });
const system = "The system is an AI teacher that helps people learn about AI";
const schema = z.object({ topic: z.string(), hard: z.boolean() });
const tools = { get_weather: tool({ description: weather.description, inputSchema: jsonSchema(weather.parameters) }) };

// `azure(...)` is the Responses API.
for (const [api, model] of [
  ["responses", azure(service.deployment)],
  ["chat", azure.chat(service.deployment)],
]) {
  const asked = { model, system, prompt: service.question, maxRetries: 0 };
  await step(api, async () => expectAnswer((await generateText(asked)).text));
  await step(`${api}: stream`, async () => {
    let text = "";
    const { textStream } = streamText({ ...asked, onError: ({ error }) => fail(error) });
    for await (const part of textStream) text += part;
    expectAnswer(text);
  });
  await step(`${api}: structured output`, async () =>
    schema.parse((await generateObject({ ...asked, schema })).object),
  );
  await step(`${api}: tools`, async () => {
    const { toolCalls } = await generateText({ ...asked, tools, toolChoice: "required" });
    expect(typeof toolCalls[0]?.input?.city === "string", "there was no call of the tool");
  });
}

function fail(error) {
  throw error;
}
