import { AzureChatOpenAI, ChatOpenAI } from "@langchain/openai";
import { z } from "zod";
import { client, expect, expectAnswer, service, step, weather } from "./steps.mjs";

client("@langchain/openai");
const asked = [
  ["system", "The system is an AI teacher that helps people learn about AI"],
  ["user", service.question],
];
const schema = z.object({ topic: z.string(), hard: z.boolean() });
const v1 = {
  model: service.deployment,
  apiKey: service.key,
  maxRetries: 0,
  configuration: { baseURL: `${service.accountEndpoint}openai/v1` },
};
const dated = {
  azureOpenAIEndpoint: service.accountEndpoint,
  azureOpenAIApiKey: service.key,
  azureOpenAIApiDeploymentName: service.deployment,
  azureOpenAIApiVersion: "2024-10-21",
  model: "gpt-4o-mini",
  maxRetries: 0,
};

for (const [name, model] of [
  ["chat, dated", new AzureChatOpenAI(dated)],
  ["chat, v1", new ChatOpenAI(v1)],
  ["responses", new ChatOpenAI({ ...v1, useResponsesApi: true })],
]) {
  await step(`${name}: invoke`, async () => expectAnswer((await model.invoke(asked)).text));
  await step(`${name}: stream`, async () => {
    let text = "";
    for await (const chunk of await model.stream(asked)) text += chunk.text;
    expectAnswer(text);
  });
  await step(`${name}: batch`, async () =>
    (await model.batch([asked, asked])).forEach(({ text }) => expectAnswer(text)),
  );
  await step(`${name}: structured output`, async () => {
    schema.parse(await model.withStructuredOutput(schema, { name: "verdict", method: "jsonSchema" }).invoke(asked));
  });
  await step(`${name}: tools`, async () => {
    // By name: for the Responses API the package drops `required`.
    const bound = model.bindTools([{ type: "function", function: weather }], { tool_choice: weather.name });
    expect(typeof (await bound.invoke(asked)).tool_calls[0]?.args?.city === "string", "there was no call of the tool");
  });
}
