import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { EMULATOR } from "../../../blob-storage/endpoint";
import { datasetHandler } from "../../../dynamic-providers/dataset/handler";
import { PreviewedTags } from "../../../dynamic-providers/dataset/previewed-tags";
import type { DatasetInputs } from "../../../dynamic-providers/dataset/schema";
import { trainingFileHandler } from "../../../dynamic-providers/training-file/handler";
import type { TrainingFileInputs } from "../../../dynamic-providers/training-file/schema";
import { blobStore } from "../../blob-storage/recorded-blobs";
import { RecordedStorage } from "../../blob-storage/recorded-storage";
import { validRows } from "../../datasets/examine";
import { rehearse, type Rehearsal } from "../../support/rehearsal";
import { temporaryFolder } from "../../support/temporary-folder";

const base = "https://contosodata.blob.core.windows.net/sets/";
const blob = "/contosodata/sets/tutor.jsonl";
const text = (...more: string[]) => `${[...validRows(12), ...more].join("\n")}\n`;

let storage: RecordedStorage;
let rehearsal: Rehearsal;
/** Of the blob as each test finds it: no content ever has the ETag of another. */
let tag = 1_000;
const first = () => `"0x${tag}"`;
const next = () => `"0x${tag}F"`;
const cache = process.env["XDG_CACHE_HOME"];
beforeAll(async () => {
  storage = await RecordedStorage.start();
  process.env[EMULATOR] = storage.endpoint;
  rehearsal = await rehearse();
});
beforeEach(() => {
  // A machine that has never seen a blob.
  process.env["XDG_CACHE_HOME"] = temporaryFolder("cache");
  storage.blobs.clear();
  tag++;
  storage.blobs.set(blob, [{ text: text(), etag: first() }]);
  storage.requests.length = 0;
});
afterEach(() => {
  if (cache === undefined) delete process.env["XDG_CACHE_HOME"];
  else process.env["XDG_CACHE_HOME"] = cache;
});
afterAll(async () => {
  delete process.env[EMULATOR];
  await rehearsal.close();
  await storage.stop();
});

/** In a process of its own each time. */
const newProcess = () => ({ ...rehearsal.newProcess(), blobs: blobStore() });

async function check(over: object = {}, olds: object = {}): Promise<DatasetInputs> {
  const news = { path: `${base}tutor.jsonl`, role: "training", model: "gpt-4o-mini", method: "supervised", ...over };
  const { inputs, failures } = await datasetHandler(newProcess()).check(olds as DatasetInputs, news as DatasetInputs);
  expect(failures).toEqual([]);
  return inputs;
}

describe("Dataset of a blob", () => {
  it("has its ETag beside what a file has", async () => {
    const inputs = await check();
    expect(inputs).toMatchObject({
      examples: 12,
      source: { parts: [{ path: `${base}tutor.jsonl`, etag: first(), bytes: text().length }] },
    });
    expect(storage.requests).toEqual([`HEAD ${blob}`, `GET ${blob}`]);
  });

  it("asks for the ETag alone while nothing has changed, and answers the same inputs", async () => {
    const inputs = await check();
    process.env["XDG_CACHE_HOME"] = temporaryFolder("cache");
    storage.requests.length = 0;
    await expect(check({}, inputs)).resolves.toEqual(inputs);
    expect(storage.requests).toEqual([`HEAD ${blob}`]);
  });

  it.each([
    ["a rule", { rules: { "near-duplicate": "off" } }],
    ["the model", { model: "gpt-4.1-2025-04-14" }],
    ["the use", { role: "validation" }],
  ])("is checked again when %s changes", async (_, over) => {
    const inputs = await check();
    const changed = await check(over, { ...inputs, examples: 11 });
    expect(changed.source?.checked).not.toBe(inputs.source?.checked);
    expect(changed.examples).toBe(12);
    // As it is unchanged: the state's figures.
    expect((await check({}, { ...inputs, examples: 11 })).examples).toBe(11);
  });

  it("validation is checked again when the training blob is another one, and not read for it where this machine knows it", async () => {
    storage.blobs.set("/contosodata/sets/v.jsonl", [
      {
        text: '{"messages":[{"role":"user","content":"Unlike"},{"role":"assistant","content":"Others"}]}\n',
        etag: `"0x${tag}A"`,
      },
    ]);
    const args = { path: `${base}v.jsonl`, role: "validation", compareWith: `${base}tutor.jsonl` };
    const inputs = await check(args);
    storage.requests.length = 0;
    await expect(check(args, inputs)).resolves.toEqual(inputs);
    expect(storage.requests.sort()).toEqual([`HEAD ${blob}`, "HEAD /contosodata/sets/v.jsonl"]);
    storage.blobs.get(blob)!.push({ text: text(validRows(13)[12]!), etag: next() });
    const changed = await check(args, inputs);
    expect(changed.source?.checked).not.toBe(inputs.source?.checked);
    const { changes } = await datasetHandler(newProcess()).diff("", inputs, changed);
    expect(changes).toBe(false);
  });

  it("the same rows under another ETag are the same content", async () => {
    const inputs = await check();
    storage.blobs.get(blob)!.push({ text: text(), etag: next() });
    const again = await check({}, inputs);
    expect(again).toEqual({
      ...inputs,
      source: { ...inputs.source, parts: [{ ...inputs.source!.parts[0], etag: next() }] },
    });
  });

  it("an address with a secret fails under no property's name, whose value would be printed", async () => {
    const path = `${base}tutor.jsonl?sv=1&sig=c2VjcmV0`;
    const news = { path, role: "training", model: "gpt-4o-mini", method: "supervised" } as DatasetInputs;
    const { failures } = await datasetHandler(newProcess()).check({} as DatasetInputs, news);
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("contains a shared access signature") }]);
    expect(JSON.stringify(failures)).not.toContain("c2VjcmV0");
    expect(storage.requests).toEqual([]);
  });
});

describe("TrainingFile of a blob", () => {
  async function inputsOf(): Promise<TrainingFileInputs> {
    const { path, sha256, contentSha256, bytes, source } = await check();
    const { accountId, location } = rehearsal;
    const args = {
      accountId,
      location,
      path,
      sha256,
      contentSha256,
      bytes,
      parts: source!.parts,
      purpose: "fine-tune",
    };
    const handler = trainingFileHandler(newProcess());
    return (await handler.check({} as TrainingFileInputs, args as TrainingFileInputs)).inputs;
  }
  const uploaded = () => rehearsal.account.dataPlane.files.length;

  it.each([
    ["in one request", undefined],
    ["in parts", { wholeUpTo: 100, partBytes: 300 }],
  ])("goes on %s, as it was checked", async (_, limits) => {
    storage.blobs.set(blob, [{ text: text(validRows(limits ? 14 : 15).at(-1)!), etag: first() }]);
    const inputs = await inputsOf();
    const { outs } = await trainingFileHandler(newProcess(), limits).create(inputs);
    expect(outs).toMatchObject({
      status: "processed",
      remoteName: expect.stringMatching(/^tutor-[0-9a-f]{12}\.jsonl$/),
    });
  });

  it.each([
    ["in one request", undefined],
    ["in parts", { wholeUpTo: 100, partBytes: 300 }],
  ])("is not uploaded %s when it changed in between", async (_, limits) => {
    storage.blobs.set(blob, [{ text: text(validRows(limits ? 16 : 17).at(-1)!), etag: first() }]);
    const inputs = await inputsOf();
    const before = uploaded();
    storage.blobs.get(blob)!.push({ text: text(), etag: next() });
    await expect(trainingFileHandler(newProcess(), limits).create(inputs)).rejects.toMatchObject({
      message: expect.stringContaining(`(its ETag was ${first()}; it is now ${next()}), so none of it was used`),
    });
    expect(uploaded()).toBe(before);
  });
});

describe("what another process saw", () => {
  const part = (etag: string) => [{ path: `${base}tutor.jsonl`, bytes: 1, etag }];

  it("is refused where it differs, until the next command has seen it", async () => {
    const folder = temporaryFolder("previews");
    const preview = new PreviewedTags(folder);
    await preview.see(part('"0x1"'), false);
    preview.refuseChanged(part('"0x1"'));
    const update = new PreviewedTags(folder);
    await update.see(part('"0x2"'), false);
    // Each resource is checked up to three times.
    await update.see(part('"0x2"'), false);
    expect(() => update.refuseChanged(part('"0x2"'))).toThrow(/its ETag was "0x1"; it is now "0x2"/);
    const next = new PreviewedTags(folder);
    await next.see(part('"0x2"'), true);
  });

  it("is refused at once after a yes", async () => {
    const folder = temporaryFolder("previews");
    await new PreviewedTags(folder).see(part('"0x1"'), false);
    await expect(new PreviewedTags(folder).see(part('"0x2"'), true)).rejects.toThrow(/its ETag was "0x1"/);
  });

  it("counts for a quarter of an hour in the same project, and nothing without an engine", async () => {
    const folder = temporaryFolder("previews");
    await new PreviewedTags(folder).see(part('"0x1"'), false);
    const later = new PreviewedTags(folder, () => Date.now() + 16 * 60_000);
    await expect(later.see(part('"0x2"'), true)).resolves.toBeUndefined();
    await expect(new PreviewedTags(folder, Date.now, "/another").see(part('"0x3"'), true)).resolves.toBeUndefined();
    await expect(new PreviewedTags(undefined).see(part('"0x9"'), true)).resolves.toBeUndefined();
  });
});
