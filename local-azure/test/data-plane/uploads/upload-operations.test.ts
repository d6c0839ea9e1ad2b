import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { toFile, type AzureOpenAI } from "openai";
import type { AccountRecord } from "../../../src/world/state";
import { startForTest, type TestService } from "../../../src/testing";
import { trainingText } from "../examples";
import { dated, v1 } from "../openai-clients";

let service: TestService;
let account: AccountRecord;
let client: AzureOpenAI;
let number = 0;
const text = trainingText();
const bytes = Buffer.byteLength(text);
const [head, tail] = [Buffer.from(text).subarray(0, 100), Buffer.from(text).subarray(100)];

beforeAll(async () => {
  service = await startForTest();
});
afterAll(() => service.close());
beforeEach(() => {
  account = service.addAccount(`uploads${(number += 1)}`);
  client = dated(service, account);
});

const start = (size = bytes) =>
  client.uploads.create({ purpose: "fine-tune", filename: "set.jsonl", bytes: size, mime_type: "application/jsonl" });
const part = async (id: string, data: Buffer) => client.uploads.parts.create(id, { data: await toFile(data, "part") });

it("puts parts together in the order asked for", async () => {
  const upload = await start();
  expect(upload).toMatchObject({ object: "upload", status: "pending", expires_at: upload.created_at + 7200 });
  const second = await part(upload.id, tail);
  const first = await part(upload.id, head);
  const md5 = createHash("md5").update(text).digest("hex");
  const done = await client.uploads.complete(upload.id, { part_ids: [first.id, second.id], md5 });
  expect(done).toMatchObject({ status: "completed", file: { filename: "set.jsonl", bytes, status: "processed" } });
  expect(await (await client.files.content(done.file!.id)).text()).toBe(text);
  expect(readdirSync(service.world.blobFolder).filter((name) => name.startsWith("upload-"))).toEqual([]);
});

it("refuses other parts, other sizes and another md5, and can then still be completed", async () => {
  const upload = await start();
  const only = await part(upload.id, Buffer.from(text));
  const refused: [Parameters<typeof client.uploads.complete>[1], string][] = [
    [{ part_ids: ["uplprt-none"] }, "not a part of the upload"],
    [{ part_ids: [only.id, only.id] }, `created with ${bytes}`],
    [{ part_ids: [only.id], md5: "0".repeat(32) }, "md5 doesn't match"],
    [{ part_ids: [] }, "at least one part"],
  ];
  for (const [body, message] of refused) {
    await expect(client.uploads.complete(upload.id, body)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(message),
    });
  }
  expect(account.dataPlane.files).toEqual([]);
  expect((await client.uploads.complete(upload.id, { part_ids: [only.id] })).status).toBe("completed");
});

it("is over when cancelled, completed or two hours old", async () => {
  const upload = await start();
  await part(upload.id, head);
  expect((await client.uploads.cancel(upload.id)).status).toBe("cancelled");
  await expect(part(upload.id, tail)).rejects.toMatchObject({ status: 409 });
  const late = await start();
  service.advance(2 * 3600 * 1000);
  await expect(part(late.id, head)).rejects.toMatchObject({ message: expect.stringContaining("is expired") });
});

it("is absent from v1", async () => {
  const client = v1(service, account);
  const request = { purpose: "fine-tune", filename: "a", bytes: 1, mime_type: "text/plain" } as const;
  await expect(client.uploads.create(request)).rejects.toMatchObject({ status: 404 });
});
