import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound } from "../../../dynamic-providers/runtime/late-bound";
import { mockProgram, settled } from "../../support/mocked-program";

const project = path.join(__dirname, "..", "..", "..");
const folders = readdirSync(path.join(project, "dynamic-providers"), { withFileTypes: true })
  .filter(
    (entry) => entry.isDirectory() && existsSync(path.join(project, "dynamic-providers", entry.name, "resource.ts")),
  )
  .map(({ name }) => name);

interface Result {
  value?: unknown;
  error?: { name: string; message: string; stack: string; id?: string };
}

type Call = [method: string, ...args: unknown[]];

/** Calls methods of providers' texts in a process of its own, as Pulumi does. */
function run(providers: { text: string; calls: Call[] }[]): Result[] {
  const { stdout, stderr } = spawnSync(process.execPath, [path.join(__dirname, "provider-process.js")], {
    cwd: project,
    input: JSON.stringify(providers),
    encoding: "utf8",
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as Result[];
}

async function textOf(provider: pulumi.dynamic.ResourceProvider) {
  const options = { allowSecrets: true } as pulumi.runtime.SerializeFunctionArgs;
  return pulumi.runtime.serializeFunction(() => provider, options);
}

describe("a provider that was turned into text", () => {
  const results: Result[] = [];
  beforeAll(async () => {
    const { text } = await textOf(lateBound("test/dynamic-providers/counting-handler.ts"));
    const calls: Call[] = [
      ["create", { name: "a" }],
      ["create", { name: "b" }],
      ["create", { name: "refused" }],
      ["delete", "a", { name: "a" }],
      ["check", {}, { name: "a" }],
      ["diff", "a", { name: "a", count: 1, __provider: "old" }, { name: "a", __provider: "new" }],
      ["diff", "a", { name: "a", count: 1 }, { name: "b" }],
      ["update", "a", { name: "a", count: 1 }, { name: "b" }],
      ["read", "a", { name: "a", count: 1 }],
    ];
    results.push(...run([{ text, calls }]));
  });

  it("runs the handler of today, one copy per process", () => {
    expect(results.slice(0, 2).map(({ value }) => value)).toEqual([
      { id: "a", outs: { name: "a", count: 1 } },
      { id: "b", outs: { name: "b", count: 2 } },
    ]);
  });

  it("passes errors on with what they carry, and without a stack", () => {
    expect(results[2]?.error).toMatchObject({
      name: "Refused",
      message: "the name is taken; choose another",
      id: "partial-1",
    });
    expect(results[3]?.error?.stack).toBe("it is in use; remove its users first");
  });

  it("does the usual where the handler has no method of its own", () => {
    expect(results.slice(4).map(({ value }) => value)).toEqual([
      { inputs: { name: "a" }, failures: [] },
      { changes: false },
      { changes: true },
      { outs: { name: "b", count: 1 } },
      { id: "a", props: { name: "a", count: 1 } },
    ]);
  });
});

describe("the resources", () => {
  const texts = new Map<string, string>();
  const secret = process.env["ARM_CLIENT_SECRET"];
  afterAll(() => {
    if (secret === undefined) delete process.env["ARM_CLIENT_SECRET"];
    else process.env["ARM_CLIENT_SECRET"] = secret;
  });
  beforeAll(async () => {
    process.env["ARM_CLIENT_SECRET"] = "canary-of-the-environment";
    const program = await mockProgram();
    for (const folder of folders) {
      const exported = (await import(`../../../dynamic-providers/${folder}/resource`)) as Record<
        string,
        new (name: string, args: object) => pulumi.Resource
      >;
      for (const Resource of Object.values(exported)) new Resource(folder, { accountId: "canary-of-the-inputs" });
    }
    await settled();
    for (const { name, inputs } of program.registered) texts.set(name, inputs["__provider"] as string);
  });

  it("are all there", () => {
    expect([...texts.keys()].sort()).toEqual(folders.sort());
  });

  it.each(folders)("%s: its text is short, holds no secret and differs from the others by its path alone", (folder) => {
    const text = texts.get(folder) ?? "";
    const path = `dynamic-providers/${folder}/handler.ts`;
    expect(text.split(path)).toHaveLength(2);
    expect(text.replace(path, "")).toBe(
      (texts.get("dataset") ?? "").replace("dynamic-providers/dataset/handler.ts", ""),
    );
    expect(text.length).toBeLessThan(4096);
    expect(text).not.toContain("canary");
    expect(text).not.toContain(project);
  });

  it("their texts find their handlers, which take inputs of which nothing is known yet", () => {
    const results = run(
      folders.map((folder) => ({ text: texts.get(folder) ?? "", calls: [["check", {}, unknownInputs]] })),
    );
    expect(results.map(({ error }) => error)).toEqual(folders.map(() => undefined));
    for (const { value } of results) expect(value).toHaveProperty("inputs");
  });
});

/**
 * The text that release 0.1.0 wrote into states, with `HANDLER` for the path. Stacks that were made by it call today's code through this
 * text on refresh and destroy, so it must find `run-handler.ts` and each `handler.ts` for as long as such stacks may exist. Don't update it.
 */
const golden = readFileSync(path.join(project, "test", "fixtures", "states", "provider-text-0.1.0.txt"), "utf8");

it("texts in states of release 0.1.0 find today's handlers", () => {
  const results = run(
    folders.map((folder) => ({
      text: golden.replace("HANDLER", `dynamic-providers/${folder}/handler.ts`),
      calls: [["check", {}, unknownInputs]],
    })),
  );
  expect(results.map(({ error }) => error)).toEqual(folders.map(() => undefined));
  for (const { value } of results) expect(value).toHaveProperty("inputs");
});

/** Inputs of which nothing is known yet: every handler must take them at a first preview. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const unknownInputs = Object.fromEntries(
  [
    ...[
      "accountId",
      "location",
      "rejected",
      "path",
      "sha256",
      "bytes",
      "model",
      "method",
      "role",
      "trainingType",
      "epochs",
    ],
    ...[
      "trainingTokens",
      "deploymentSku",
      "trainingFileId",
      "trainingSha256",
      "jobId",
      "deploymentName",
      "fineTunedModel",
    ],
    ...["deployedAt", "subscriptionId", "resourceGroupName", "accountName"],
  ].map((name) => [name, unknown]),
);

it("a diff hides the code and what is answered anew, but neither status nor record", () => {
  expect(hiddenDiffs(["jobId", "status", "record"])).toEqual(["__provider", "stateVersion", "jobId"]);
});
