import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { StorageAccess } from "../../azure-openai/azure";
import { Calls } from "../../azure-openai/calls";
import { systemClock } from "../../azure-openai/clock";
import { EMULATOR } from "../../blob-storage/endpoint";
import type { Part } from "../../datasets/sources";
import { blobStore } from "./recorded-blobs";
import { RecordedStorage } from "./recorded-storage";

const base = "https://contosodata.blob.core.windows.net/sets";
const [january, march] = ["2026-01-01T10:00:00.1234567Z", "2026-03-01T10:00:00.1234567Z"];
const principal = "a1a1a1a1-0000-0000-0000-000000000001";

let storage: RecordedStorage;
let renewed = 0;
/** Another process each. */
const newStore = (own: Partial<StorageAccess> = {}) =>
  blobStore({
    calls: (target) => new Calls({ clock: systemClock, target, renewToken: () => void renewed++ }),
    ...own,
  });

async function textOf(part: Part): Promise<string> {
  const blocks: Uint8Array[] = [];
  for await (const block of part.read()) blocks.push(block);
  return Buffer.concat(blocks).toString("utf8");
}

beforeAll(async () => {
  storage = await RecordedStorage.start();
  process.env[EMULATOR] = storage.endpoint;
});
beforeEach(() => {
  storage.requests.length = 0;
  storage.blobs.clear();
  storage.blobs.set("/contosodata/sets/a.jsonl", [
    { text: "old\n", etag: '"0x1"', version: january },
    { text: "new\n", etag: '"0x2"', version: march },
  ]);
});
afterEach(() => (storage.refusal = undefined));
afterAll(async () => {
  delete process.env[EMULATOR];
  await storage.stop();
});

it("asks for a blob once, and reads it under the ETag that it had then", async () => {
  const store = newStore();
  const parts = await Promise.all([store.find(`${base}/a.jsonl`), store.find(`${base}/a.jsonl`)]);
  expect(parts[0]).toEqual([expect.objectContaining({ path: `${base}/a.jsonl`, bytes: 4, etag: '"0x2"' })]);
  expect(storage.requests).toEqual(["HEAD /contosodata/sets/a.jsonl"]);
  await expect(textOf((parts[1] as Part[])[0]!)).resolves.toBe("new\n");
});

it("reads a version as it was", async () => {
  const address = `${base}/a.jsonl?versionid=${january}`;
  const [part] = (await newStore().find(address)) as Part[];
  expect(part).toMatchObject({ path: address, etag: '"0x1"' });
  await expect(textOf(part!)).resolves.toBe("old\n");
  expect(storage.requests.every((request) => request.includes(`versionid=${encodeURIComponent(january)}`))).toBe(true);
});

it("a version that is not there is a sentence", async () => {
  const address = `${base}/a.jsonl?versionid=2025-01-01T10:00:00.0000000Z`;
  await expect(newStore().find(address)).resolves.toMatch(/has no version 2025-01-01T10:00:00\.0000000Z.*--include v/);
});

it("takes the JSONL blobs directly below a prefix, in the order of their names, with ETags as other answers have them", async () => {
  for (const name of [
    "tutor/b.jsonl",
    "tutor/a.jsonl",
    "tutor/A.jsonl",
    "tutor/deeper/c.jsonl",
    "tutor/notes.txt",
    "tutors.jsonl",
  ])
    storage.blobs.set(`/contosodata/sets/${name}`, [{ text: name, etag: '"0x9"' }]);
  const parts = (await newStore().find(`${base}/tutor/`)) as Part[];
  expect(parts.map(({ path }) => path)).toEqual(["A", "a", "b"].map((name) => `${base}/tutor/${name}.jsonl`));
  expect(parts[0]).toMatchObject({ etag: '"0x9"', bytes: 13 });
  await expect(textOf(parts[1]!)).resolves.toBe("tutor/a.jsonl");
  await expect(newStore().find(`${base}/nothing/`)).resolves.toContain("has no JSONL blob");
});

it("a blob that was overwritten or deleted after it was found is not read, and both ETags are named", async () => {
  const part = newStore().found(`${base}/a.jsonl`, '"0x1"', 4);
  await expect(textOf(part)).rejects.toThrow(
    `${base}/a.jsonl changed after it was checked (its ETag was "0x1"; it is now "0x2"), so none of it was used.`,
  );
});

it("a stream that breaks goes on where it broke, under the same ETag", async () => {
  storage.blobs.set("/contosodata/sets/long.jsonl", [{ text: "0123456789".repeat(100), etag: '"0x3"' }]);
  storage.breaks.push(10, 500);
  const [part] = (await newStore().find(`${base}/long.jsonl`)) as Part[];
  await expect(textOf(part!)).resolves.toBe("0123456789".repeat(100));
  expect(storage.requests.filter((request) => request.startsWith("GET"))).toHaveLength(3);
});

it("a blob that is overwritten while its stream is broken is not put together of two", async () => {
  const blob = "/contosodata/sets/long.jsonl";
  storage.blobs.set(blob, [{ text: "a".repeat(1000), etag: '"0x3"' }]);
  storage.breaks.push(10);
  const [part] = (await newStore().find(`${base}/long.jsonl`)) as Part[];
  const read = textOf(part!);
  storage.blobs.get(blob)!.push({ text: "b".repeat(1000), etag: '"0x4"' });
  await expect(read).rejects.toThrow(/its ETag was "0x3"; it is now "0x4"/);
});

describe("what keeps a blob from being read is a sentence", () => {
  it.each([
    [404, "ContainerNotFound", "the storage account contosodata has no container 'sets'"],
    [404, "BlobNotFound", "the container 'sets' has no such blob"],
    [403, "AuthorizationFailure", "the network rules of the storage account contosodata block this machine"],
    [403, "AccountIsDisabled", "the storage account contosodata is disabled"],
    [409, "BlobArchived", "is in the archive tier"],
    [403, "AuthenticationFailed", "does not accept the identity's token"],
    [400, "SomethingNew", "refused the request (400 SomethingNew)"],
  ])("%i %s", async (status, code, sentence) => {
    storage.refusal = { status, code };
    await expect(newStore().find(`${base}/a.jsonl`)).resolves.toContain(sentence);
    // It may have been put right: a second look asks again.
    expect(storage.requests).toHaveLength(1);
  });

  it.each([
    ["tutor/*.jsonl", "the container 'sets' has no such blob."],
    ["tutor/*/", "has no JSONL blobs."],
  ])("a pattern: %s", async (pattern, sentence) => {
    if (!pattern.endsWith("/")) storage.refusal = { status: 404, code: "BlobNotFound" };
    const instead = `Patterns are not supported. To use all JSONL files directly in a folder, end it with a slash ('${base}/tutor/')`;
    await expect(newStore().find(`${base}/${pattern}`)).resolves.toContain(`${sentence} ${instead}`);
  });

  it("a missing role has the command that grants it, for whoever signs in", async () => {
    storage.refusal = { status: 403, code: "AuthorizationPermissionMismatch" };
    await expect(newStore().find(`${base}/tutor/`)).resolves.toMatch(
      new RegExp(
        `lacks the Storage Blob Data Reader role.*az role assignment create --role "Storage Blob Data Reader" --assignee ${principal} --scope ".*/containers/sets"`,
      ),
    );
  });

  it("a token that has ended is renewed once", async () => {
    renewed = 0;
    storage.refusal = { status: 401, code: "InvalidAuthenticationInfo" };
    await expect(newStore().find(`${base}/a.jsonl`)).resolves.toContain("az login --tenant");
    expect(renewed).toBe(1);
    expect(storage.requests).toHaveLength(2);
  });

  it("an account that does not exist, or only in a private network", async () => {
    const store = newStore({ rehearsal: false, domain: "core.invalid" });
    await expect(store.find("https://contosodata.blob.core.invalid/sets/a.jsonl")).rejects.toThrow(
      /there is no storage account 'contosodata', or its name can be resolved only in its private network/,
    );
  });
});

describe("a token goes to storage accounts of the cloud alone", () => {
  it("not to another cloud's", async () => {
    const found = await newStore().find("https://contosodata.blob.core.chinacloudapi.cn/sets/a.jsonl");
    expect(found).toContain("is not in a storage account in this Azure cloud, so no token was sent to it");
    expect(storage.requests).toEqual([]);
  });

  it.each([
    ["", "can't be read in a rehearsal"],
    ["https://example.com", "expected an address such as https://127.0.0.1:10000"],
    ["http://127.0.0.1:10000", "expected an address such as https://127.0.0.1:10000"],
  ])("in a rehearsal not to Azure, with the emulator '%s'", async (emulator, sentence) => {
    process.env[EMULATOR] = emulator;
    const found = await newStore().find(`${base}/a.jsonl`);
    process.env[EMULATOR] = storage.endpoint;
    expect(found).toContain(sentence);
  });
});
