import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { AccountRecord } from "../../../src/world/state";
import { startForTest, type TestService } from "../../../src/testing";
import { trainingText } from "../examples";
import { dated, v1 } from "../openai-clients";
import { call, uploadFile, type Answer } from "../plain-client";

let service: TestService;
let account: AccountRecord;
let number = 0;

beforeAll(async () => {
  service = await startForTest({ settings: { fileSeconds: 4 } });
});
afterAll(() => service.close());
beforeEach(() => {
  account = service.addAccount(`files${(number += 1)}`);
});

const version = "api-version=2025-04-01-preview";
const upload = (text: string | Buffer, purpose = "fine-tune", fields = {}, purposeFirst = false): Promise<Answer> =>
  uploadFile(service, account, `openai/files?${version}`, text, purpose, "file", fields, purposeFirst);
const get = (path: string): Promise<Answer> => call(service, account, "GET", path);

it.each([true, false])(
  "takes the parts in either order (purpose first: %s) and keeps name and bytes",
  async (first) => {
    const text = `\uFEFF${trainingText()}`;
    const { status, body, headers } = await upload(text, "fine-tune", {}, first);
    expect(status).toBe(201);
    expect(headers.location).toBe(`${service.endpointOf(account)}openai/files/${body.id as string}?${version}`);
    expect(body).toMatchObject({
      filename: "données.jsonl",
      bytes: Buffer.byteLength(text),
      purpose: "fine-tune",
      status: "pending",
    });
    const content = await dated(service, account).files.content(body.id as string);
    expect(Buffer.from(await content.arrayBuffer())).toEqual(Buffer.from(text));
  },
);

it("goes from pending over running to processed or error", async () => {
  const good = (await upload(trainingText())).body.id as string;
  const bad = (await upload("no\n")).body.id as string;
  const statuses = async () =>
    Promise.all([good, bad].map(async (id) => (await get(`openai/v1/files/${id}`)).body.status));
  expect(await statuses()).toEqual(["pending", "pending"]);
  service.advance(1000);
  expect(await statuses()).toEqual(["running", "running"]);
  service.advance(3000);
  expect(await statuses()).toEqual(["processed", "error"]);
  expect((await get(`openai/v1/files/${bad}`)).body.status_details).toBe(
    "Validation of jsonl file failed: Line 1: it is not valid JSON.",
  );
});

it("checks the content of fine-tuning files only", async () => {
  const { body } = await upload("no\n", "batch");
  service.advance(4000);
  expect((await get(`openai/v1/files/${body.id as string}`)).body.status).toBe("processed");
});

describe("what it refuses", () => {
  it.each<[string, () => Promise<Answer>, number, string]>([
    ["another purpose", () => upload("{}", "fun"), 400, `purpose is \\"fun\\"`],
    [
      "no file",
      () => uploadFile(service, account, `openai/files?${version}`, "x", "fine-tune", "other"),
      400,
      "The part 'file' is missing.",
    ],
    [
      "no multipart",
      () => call(service, account, "POST", `openai/files?${version}`, {}),
      400,
      "must be multipart/form-data",
    ],
    [
      "a short life",
      () => upload("{}", "fine-tune", { "expires_after[anchor]": "created_at", "expires_after[seconds]": "60" }),
      400,
      "from 1209600 to 2592000",
    ],
    ["no api-version", () => call(service, account, "GET", "openai/files"), 404, "Resource not found"],
    [
      "a strange api-version",
      () => call(service, account, "GET", "openai/files?api-version=latest"),
      404,
      "Resource not found",
    ],
    ["import in v1", () => call(service, account, "POST", "openai/v1/files/import", {}), 404, ""],
    ["a strange order", () => call(service, account, "GET", `openai/files?${version}&order=up`), 400, "asc or desc"],
    ["a strange limit", () => call(service, account, "GET", `openai/files?${version}&limit=0`), 400, "from 1 to 10000"],
  ])("%s", async (_, ask, status, message) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(message);
    expect(account.dataPlane.files).toEqual([]);
    expect(readdirSync(service.world.blobFolder).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  it("the 101st file, and bytes beyond 1 GB", async () => {
    const { body } = await upload("{}", "batch");
    const [file] = account.dataPlane.files;
    account.dataPlane.files = Array.from({ length: 100 }, (_, at) => ({ ...file!, id: `file-${at}` }));
    expect((await upload("{}", "batch")).body.error).toMatchObject({ code: "quotaExceeded" });
    account.dataPlane.files = [{ ...file!, id: body.id as string, bytes: 1_000_000_000 }];
    expect((await upload("{}", "batch")).body.error).toMatchObject({ code: "quotaExceeded" });
  });
});

it("lists by purpose, in pages, either way round", async () => {
  const ids: string[] = [];
  for (const purpose of ["fine-tune", "batch", "fine-tune"]) {
    ids.push((await upload(trainingText(), purpose)).body.id as string);
    service.advance(1000);
  }
  const idsOf = (answer: Answer) => (answer.body.data as { id: string }[]).map(({ id }) => id);
  expect(idsOf(await get(`openai/files?${version}`))).toEqual([...ids].reverse());
  expect(idsOf(await get(`openai/files?${version}&order=asc&limit=1&after=${ids[0]}`))).toEqual([ids[1]]);
  const page = await get("openai/v1/files?purpose=fine-tune&limit=1");
  expect(page.body).toMatchObject({ first_id: ids[2], last_id: ids[2], has_more: true });
  const all: string[] = [];
  for await (const file of v1(service, account).files.list({ limit: 2 })) all.push(file.id);
  expect(all).toEqual([...ids].reverse());
});

it("deletes a file with its bytes, and lets one expire", async () => {
  const { body } = await upload(trainingText());
  const deleted = await dated(service, account).files.delete(body.id as string);
  expect(deleted).toMatchObject({ object: "file", id: body.id, deleted: true });
  expect((await get(`openai/v1/files/${body.id as string}`)).body.error).toMatchObject({
    code: "notFound",
    type: "error",
  });
  expect(readdirSync(service.world.blobFolder)).not.toContain(body.id);
  const short = await upload(trainingText(), "fine-tune", {
    "expires_after[anchor]": "created_at",
    "expires_after[seconds]": "1209600",
  });
  expect(short.body.expires_at).toBe((short.body.created_at as number) + 1_209_600);
  service.advance(1_209_600_000);
  expect((await get(`openai/v1/files/${short.body.id as string}`)).status).toBe(404);
  expect(readdirSync(service.world.blobFolder)).not.toContain(short.body.id);
});

describe("import by address", () => {
  let source: Server;
  let address: string;
  let closed: string;
  const listen = async (server: Server) => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  beforeAll(async () => {
    const gone = createServer();
    closed = await listen(gone);
    await new Promise((resolve) => gone.close(resolve));
    source = createServer((request, response) => {
      if (request.url === "/moved") {
        response.writeHead(302, { location: "http://169.254.169.254/" }).end();
        return;
      }
      if (request.url === "/short") {
        response.writeHead(200, { "content-length": 1000 }).write("{", () => response.destroy());
        return;
      }
      response.statusCode = request.url === "/set.jsonl" ? 200 : 403;
      response.end(trainingText());
    });
    address = await listen(source);
  });
  afterAll(() => new Promise((resolve) => source.close(resolve)));

  async function importFrom(url: string): Promise<Answer> {
    const body = { purpose: "fine-tune", filename: "set.jsonl", content_url: url };
    const { status, body: file } = await call(service, account, "POST", `openai/files/import?${version}`, body);
    expect([status, file.status, file.bytes]).toEqual([201, "pending", null]);
    const record = account.dataPlane.files[0]!;
    while (record.importFrom !== undefined) await new Promise((resolve) => setImmediate(resolve));
    service.advance(4000);
    return get(`openai/v1/files/${file.id as string}`);
  }

  it("fetches the rows", async () => {
    expect((await importFrom(`${address}/set.jsonl`)).body).toMatchObject({
      status: "processed",
      bytes: Buffer.byteLength(trainingText()),
    });
  });

  it.each([
    ["a refusal", () => `${address}/other`, "returned status 403"],
    ["another host", () => "https://example.com/set.jsonl", "is not this machine"],
    ["a redirect, which is not followed", () => `${address}/moved`, "unexpected redirect"],
    ["a port where nobody listens", () => `${closed}/set.jsonl`, "ECONNREFUSED"],
    ["an answer that broke off", () => `${address}/short`, "other side closed"],
    ["no web address", () => "ftp://localhost/set.jsonl", "not an http or https address"],
  ])("ends in error after %s", async (_, url, reason) => {
    const { body } = await importFrom(url());
    expect(body.status).toBe("error");
    expect(body.status_details).toContain(reason);
  });
});
