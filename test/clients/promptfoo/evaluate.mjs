import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { client, expect, service, step } from "./steps.mjs";

client("promptfoo");
const folder = process.env.LOCAL_AZURE_FOLDER;
const system = "The system is an AI teacher that helps people learn about AI";
const messages = JSON.stringify([
  { role: "system", content: system },
  { role: "user", content: "{{question}}" },
]);
const account = { apiHost: service.accountEndpoint.replace(/^https:\/\/|\/$/g, ""), apiKey: service.key };
const schema = {
  type: "object",
  properties: { topic: { type: "string" }, hard: { type: "boolean" } },
  required: ["topic", "hard"],
  additionalProperties: false,
};
const response_format = { type: "json_schema", json_schema: { name: "verdict", strict: true, schema } };
const isAnswer = { type: "equals", value: service.answer };

for (const [name, kind, config, assertion] of [
  ["chat", "chat", { apiVersion: "2024-10-21" }, isAnswer],
  ["responses", "responses", { apiVersion: "preview" }, isAnswer],
  ["structured output", "chat", { apiVersion: "2024-10-21", response_format }, { type: "is-json", value: schema }],
  ["embeddings", "chat", { apiVersion: "2024-10-21" }, { type: "similar", value: service.answer, threshold: 0.9 }],
]) {
  await step(name, () => {
    const embedding = { id: `azure:embedding:${service.embeddingDeployment}`, config: { ...account, ...config } };
    evaluate({
      prompts: [messages],
      providers: [{ id: `azure:${kind}:${service.deployment}`, config: { ...account, ...config } }],
      defaultTest: { options: { provider: { embedding } } },
      tests: [{ vars: { question: service.question }, assert: [assertion] }],
    });
  });
}

/** Asks without its cache; the result has an entry for the one test. */
function evaluate(config) {
  const [file, output] = [path.join(folder, "promptfooconfig.json"), path.join(folder, "results.json")];
  writeFileSync(file, JSON.stringify(config));
  const entry = path.resolve("node_modules/promptfoo/dist/src/entrypoint.js");
  const args = [entry, "eval", "-c", file, "-o", output, "--no-cache", "--no-write", "--no-progress-bar", "--no-table"];
  const quiet = {
    PROMPTFOO_DISABLE_TELEMETRY: "1",
    PROMPTFOO_DISABLE_UPDATE: "1",
    PROMPTFOO_DISABLE_REMOTE_GENERATION: "1",
    PROMPTFOO_CONFIG_DIR: path.join(folder, "home"),
  };
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, ...quiet } });
  let results;
  try {
    ({ results } = JSON.parse(readFileSync(output, "utf8")).results);
  } catch {
    throw new Error(`${stdout}${stderr}`.trim().slice(-500));
  }
  const [{ success, error, failureReason }] = results;
  expect(success, `${error ?? failureReason}`);
}
