import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { BlobServiceClient, type ContainerClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { cacheDirectory } from "../../datasets/cache/directory";
import { ACCOUNT, Azurite } from "../azurite/start";
import { trustAuthority } from "../support/trust";
import { Checkout } from "./checkout";

const base = `https://${ACCOUNT}.blob.core.windows.net/sets/`;
const [first, second] = ["tutor/part-1.jsonl", "tutor/part-2.jsonl"] as const;
const validation = "validation_set.jsonl";

let checkout: Checkout;
let azurite: Azurite;
let container: ContainerClient;
let cache: string;
let rows: string[];

const put = (name: string, text: string) => container.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
const changed = /part-2\.jsonl changed after it was checked \(its ETag was "0x[0-9A-F]+"; it is now "0x[0-9A-F]+"\)/;
/** Without those of the test itself. */
const asked = () => azurite.requests.filter(({ method }) => method !== "PUT").map(({ method, path }) => [method, path]);
const named = (blob: string) => `/${ACCOUNT}/sets/${blob}`;

beforeAll(async () => {
  // With a role that takes effect later, the first upload would be refused and its blob read again.
  checkout = await Checkout.open({ rbacLagSeconds: 0 });
  const folder = path.join(checkout.folder, ".local", "azure");
  const certificate = { cert: path.join(folder, "server.pem"), key: path.join(folder, "server-key.pem") };
  azurite = await Azurite.start(certificate);
  trustAuthority(readFileSync(path.join(folder, "ca.pem"), "utf8"));
  const service = new BlobServiceClient(
    `${azurite.endpoint}/${ACCOUNT}`,
    new StorageSharedKeyCredential(ACCOUNT, azurite.key),
  );
  container = service.getContainerClient("sets");
  await container.create();
  cache = freshCache();
  rows = checkout.read("data/training_set.jsonl").trimEnd().split("\n");
  // The second ends without a line break, and something else is beside them.
  await put(first, `${rows.slice(0, 30).join("\n")}\n`);
  await put(second, rows.slice(30).join("\n"));
  await put("tutor/readme.txt", "not a row");
  await put(validation, checkout.read("data/validation_set.jsonl"));
  checkout.configure({ "dataset.training": `${base}tutor/`, "dataset.validation": `${base}${validation}` });
  checkout.env = { FINETUNE_BLOB_ENDPOINT: azurite.endpoint };
});
afterAll(async () => {
  await azurite.stop();
  await checkout.close();
  rmSync(cache, { recursive: true, force: true });
});

it("without an emulator a rehearsal sends nothing to Azure, and says so", async () => {
  checkout.env = { FINETUNE_BLOB_ENDPOINT: "" };
  const { code, output } = await checkout.pulumi("preview");
  expect({ code, output }).toFail();
  expect(output).toContain(
    "can't be read in a rehearsal, which doesn't support Blob Storage and sends nothing to Azure",
  );
});

it("a prefix is uploaded as one dataset and trained on, by the identity that signs in", async () => {
  checkout.env = { FINETUNE_BLOB_ENDPOINT: azurite.endpoint };
  azurite.forget();
  const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  const { deployment } = await checkout.stackState();
  const data = deployment.resources!.find(({ urn }) => urn.endsWith("::finetune-training-data"));
  expect(data?.outputs).toMatchObject({ examples: rows.length, path: `${base}tutor/` });
  await expect(checkout.counters()).resolves.toMatchObject({ files: 3, jobsEverCreated: 1 });
  // Each once for the checks, and once on its way to the service.
  for (const blob of [first, second, validation])
    expect(asked().filter(([method, path]) => method === "GET" && path === named(blob))).toHaveLength(2);
});

it("an unchanged blob costs one request, on a machine that has never seen it too", async () => {
  checkout.env = { FINETUNE_BLOB_ENDPOINT: azurite.endpoint, XDG_CACHE_HOME: cache };
  azurite.forget();
  const { code, output } = await checkout.pulumi("preview");
  expect({ code, output }).toSucceed();
  expect(output).toContain("[plan] Trains nothing");
  expect(asked().sort()).toEqual([
    ["GET", expect.stringMatching(/sets\?comp=list&prefix=tutor%2F/)],
    ["HEAD", named(validation)],
  ]);
});

it("a wrong row is named by its blob and line", async () => {
  await put(second, `${rows.slice(30).join("\n")}\n{"messages": []}\n`);
  const { code, output } = await checkout.pulumi("preview");
  expect({ code, output }).toFail();
  expect(output).toContain(`${base}${second}, line ${rows.length - 30 + 1}: `);
});

it("a blob that changed between preview and up is refused with both ETags, and nothing is paid", async () => {
  await put(second, rows.slice(30).join("\n"));
  checkout.env = { ...checkout.env, NODE_EXTRA_CA_CERTS: path.join(checkout.folder, ".local/azure/ca.pem") };
  checkout.write("commands/scripted-up.ts", scriptedUp(`${azurite.endpoint}/${ACCOUNT}`, azurite.key));
  const { code, output } = await checkout.run("commands/scripted-up", rows[0]!);
  expect({ code, output }).toFail();
  expect(output).toMatch(changed);
  await expect(checkout.counters()).resolves.toMatchObject({ jobsEverCreated: 1 });
});

it("an up without a question refuses a blob that the last preview has not seen", async () => {
  checkout.env = { FINETUNE_BLOB_ENDPOINT: azurite.endpoint };
  const preview = await checkout.pulumi("preview");
  expect(preview.output).toContain("[plan] Trains again");
  await put(second, rows.slice(32).join("\n"));
  const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect({ code, output }).toFail();
  expect(output).toMatch(changed);
  await expect(checkout.counters()).resolves.toMatchObject({ files: 3, jobsEverCreated: 1 });
});

it("a shared access signature is refused, and never printed or stored", async () => {
  checkout.configure({ "dataset.training": `${base}${first}?sv=2026-01-01&sig=c2VjcmV0` });
  const { code, output } = await checkout.pulumi("preview");
  expect({ code, output }).toFail();
  expect(output).toContain(`dataset.training: ${base}${first} contains a shared access signature (SAS)`);
  expect(checkout.transcript).not.toContain("c2VjcmV0");
});

/** The user's cache, in which Pulumi is, as it is where no dataset was ever checked. */
function freshCache(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "cache-"));
  const [known, fresh] = [cacheDirectory(), cacheDirectory({ XDG_CACHE_HOME: folder })];
  mkdirSync(fresh);
  for (const name of readdirSync(known).filter((one) => !["blobs", "datasets", "previews", "reading"].includes(one)))
    symlinkSync(path.join(known, name), path.join(fresh, name));
  return folder;
}

/** An `up` on a terminal, during whose question somebody adds a row to a blob. */
function scriptedUp(endpoint: string, key: string): string {
  return `
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { runCommand } from "../stack/command";
import { rehearsalCommands } from "./plan/next-commands";
import { runWithSummary, thisTerminal } from "./plan/run";
import { withRehearsal } from "../stack/rehearsal/rehearsal";
const service = new BlobServiceClient(${JSON.stringify(endpoint)}, new StorageSharedKeyCredential(${JSON.stringify(ACCOUNT)}, ${JSON.stringify(key)}));
runCommand(([row]) =>
  withRehearsal(({ pulumi, env }) => {
    const ask = async () => {
      const blob = service.getContainerClient("sets").getBlockBlobClient(${JSON.stringify(second)});
      const text = (await blob.downloadToBuffer()).toString() + "\\n" + row;
      await blob.upload(text, Buffer.byteLength(text));
      return "yes";
    };
    return runWithSummary(["up"], { ...thisTerminal, pulumi, env, next: rehearsalCommands, terminal: true, ask });
  }),
);
`;
}
