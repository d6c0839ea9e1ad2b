import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const { env } = process;

/** What a script is told about the service: names as in test/clients/README.md. */
export const service = {
  endpoint: env.LOCAL_AZURE_ENDPOINT,
  accountEndpoint: env.LOCAL_AZURE_ACCOUNT_ENDPOINT,
  key: env.LOCAL_AZURE_KEY,
  account: env.LOCAL_AZURE_ACCOUNT,
  resourceGroup: env.LOCAL_AZURE_RESOURCE_GROUP,
  subscriptionId: env.LOCAL_AZURE_SUBSCRIPTION_ID,
  tenantId: env.LOCAL_AZURE_TENANT_ID,
  clientId: env.LOCAL_AZURE_CLIENT_ID,
  clientSecret: env.LOCAL_AZURE_CLIENT_SECRET,
  baseModel: env.LOCAL_AZURE_BASE_MODEL,
  rowsFile: env.LOCAL_AZURE_ROWS_FILE,
  deployment: env.LOCAL_AZURE_DEPLOYMENT,
  embeddingDeployment: env.LOCAL_AZURE_EMBEDDING_DEPLOYMENT,
  question: env.LOCAL_AZURE_QUESTION,
  answer: env.LOCAL_AZURE_ANSWER,
};

/** Says which client this is, by what is installed. */
export function client(name) {
  const { version } = JSON.parse(readFileSync(packageFile(name), "utf8"));
  report({ version });
}

/** Does a step, says how it went, and hands back its result; the script ends with a step that the next ones need. */
export async function step(name, action) {
  try {
    const result = await action();
    report({ step: name });
    return result;
  } catch (error) {
    report({ step: name, error: String(error?.message ?? error).slice(0, 500) });
    return undefined;
  }
}

/** @throws Error where something is not as it should be */
export function expect(condition, what) {
  if (!condition) throw new Error(what);
}

export function expectAnswer(text) {
  expect(text === service.answer, `the answer was ${JSON.stringify(text)}`);
}

/** Asks again until `isDone`, for at most a minute. */
export async function until(ask, isDone) {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const value = await ask();
    if (isDone(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error("not done within a minute");
}

/** A tool that asks for one string, as JSON Schema. */
export const weather = {
  name: "get_weather",
  description: "Says how the weather is.",
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
};

function packageFile(name) {
  const { resolve } = createRequire(import.meta.url);
  return resolve
    .paths(name)
    .map((folder) => path.join(folder, name, "package.json"))
    .find(isThere);
}

function isThere(file) {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

/** One line of the script's report. */
export function report(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
