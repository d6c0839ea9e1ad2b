import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ChatApi } from "../../../azure-openai/chat-api";
import type { ChatCall } from "../../../playground/api";
import { languages, snippet } from "../../../playground/page/snippets";
import { projectFolder } from "../../../stack/project";
import { servePlayground, type ServedPlayground } from "../serve-playground";
import { tunedDeployment } from "../stack-on-rehearsal";

let playground: ServedPlayground;
let folder: string;
beforeAll(async () => {
  playground = await servePlayground();
  await playground.stack.finish();
  folder = mkdtempSync(path.join(tmpdir(), "snippets-"));
  symlinkSync(path.join(projectFolder, "node_modules"), path.join(folder, "node_modules"));
});
afterAll(async () => {
  await playground.close();
  rmSync(folder, { recursive: true });
});

const lesson = "Lesson 3: tokens are best learned step by step, with care.";
// What shells, TypeScript and Python each would take for something else.
const hostile = `It's "quoted" \\ $HOME \`id\` $(id) %s {x} \n\t人工知能 😀 \u2028 end`;
const call: ChatCall = {
  deployment: tunedDeployment,
  messages: [
    { role: "system", content: hostile },
    { role: "user", content: "What are tokens number 3?" },
  ],
  temperature: 0.2,
  topP: 0.9,
  maxTokens: 50,
  seed: 7,
};

/** Runs a program with the key in the environment, as the copied code expects it. */
async function run(program: string, args: string[]): Promise<string> {
  const { service, account } = playground.rehearsal;
  const trust = { NODE_EXTRA_CA_CERTS: service.caFile, CURL_CA_BUNDLE: service.caFile, SSL_CERT_FILE: service.caFile };
  const env = { PATH: process.env.PATH, NO_PROXY: "*", ...trust, AZURE_OPENAI_API_KEY: account.keys[0] };
  return (await promisify(execFile)(program, args, { cwd: folder, env })).stdout;
}

async function file(language: (typeof languages)[number], name: string, api: ChatApi = "v1"): Promise<string> {
  const { endpoint } = await playground.stack.view.facts();
  const place = path.join(folder, name);
  writeFileSync(place, snippet(language, call, { api, endpoint, keyless: false }));
  return place;
}

describe("the copied code asks the same as the page did", () => {
  it.each(["v1", "dated"] as const)("curl, by the API %s", async (api) => {
    const answer = JSON.parse(await run("bash", [await file("curl", `ask-${api}.sh`, api)])) as {
      choices: { message: { content: string } }[];
    };
    expect(answer.choices[0]!.message.content).toBe(lesson);
  });

  it.each(["v1", "dated"] as const)("TypeScript, by the API %s", async (api) => {
    const tsx = path.join(projectFolder, "node_modules/tsx/dist/cli.mjs");
    const code = await file("TypeScript", `ask-${api}.mts`, api);
    expect(await run(process.execPath, [tsx, code])).toBe(`${lesson}\n`);
  });

  it("Python: what is true, false and null in JSON has names of its own there", async () => {
    const { endpoint } = await playground.stack.view.facts();
    const schema = { type: "object", additionalProperties: false, properties: { a: { enum: [null, 1, "true"] } } };
    const asked: ChatCall = {
      ...call,
      stop: ["\n"],
      responseFormat: { type: "json_schema", name: "x", schema, strict: true },
      tools: [{ name: "now" }],
    };
    const code = snippet("Python", asked, { api: "v1", endpoint, keyless: false });
    for (const part of [
      '"strict": True',
      '"additionalProperties": False',
      "None,\n",
      '"true"',
      'stop=[\n        "\\n"\n    ],',
    ])
      expect(code).toContain(part);
    expect(code).not.toMatch(/: (true|false|null)\b/);
    expect(code).toContain("print(completion.choices[0].message)");
  });

  it("Python: a body that Python reads as it is meant", async () => {
    const { endpoint } = await playground.stack.view.facts();
    const code = snippet("Python", call, { api: "v1", endpoint, keyless: false });
    const [, body] = /chat\.completions\.create\(\n([^]*)\n\)\nprint/.exec(code)!;
    // Names with values of JSON, which Python reads alike as long as none is true, false or null.
    const members = body!.replace(/^ {4}(\w+)=/gm, '"$1": ').replace(/,$/, "");
    expect(JSON.parse(`{${members}}`)).toEqual({
      model: tunedDeployment,
      messages: call.messages,
      temperature: 0.2,
      top_p: 0.9,
      max_completion_tokens: 50,
      seed: 7,
    });
  });
});

it.each(languages.flatMap((language) => (["v1", "dated"] as const).map((api) => [language, api] as const)))(
  "%s by the API %s signs in with Entra ID where the account refuses keys",
  async (language, api) => {
    const { endpoint } = await playground.stack.view.facts();
    const code = snippet(language, call, { api, endpoint, keyless: true });
    expect(code).toContain("https://cognitiveservices.azure.com/.default");
    expect(code).not.toContain("AZURE_OPENAI_API_KEY");
    expect(code.includes("azure_ad_token_provider") || code.includes("azureADTokenProvider")).toBe(
      api === "dated" && language !== "curl",
    );
  },
);
