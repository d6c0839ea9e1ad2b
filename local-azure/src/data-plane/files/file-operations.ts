import { createReadStream, existsSync } from "node:fs";
import { bodyObject, param } from "../../http/request";
import type { FileRecord } from "../../world/state";
import { invalidPayload, notFound } from "../api/errors";
import { newId } from "../api/ids";
import { resultsCsv } from "../training/result-file";
import { pageOf } from "../api/list-page";
import { created, type Call, type Endpoint } from "../api/call";
import { trainingResult } from "../training/training-run";
import { blobPath, removeBlobs } from "../../storage/blobs";
import { readExpiry } from "./expiry";
import { fileView, findFile, liveFiles } from "./file-state";
import { startImport } from "./import-file";
import { checkBytes, checkFileCount, MAX_FILE_BYTES } from "./limits";
import { readMultipart } from "./multipart";
import { readPurpose } from "./purpose";
import { storeContent, type StoredContent } from "./store-content";

export const fileOperations: Endpoint[] = [
  { method: "POST", path: "/files", action: "files/write", run: createFile },
  { method: "POST", path: "/files/import", action: "files/import/action", only: "dated", run: importFile },
  { method: "GET", path: "/files", action: "files/read", run: listFiles },
  { method: "GET", path: "/files/:file", action: "files/read", run: getFile },
  { method: "GET", path: "/files/:file/content", action: "files/read", run: getContent },
  { method: "DELETE", path: "/files/:file", action: "files/delete", run: deleteFile },
];

async function createFile(call: Call): Promise<unknown> {
  const { world, account } = call;
  checkFileCount(account.dataPlane, call.now);
  const id = newId("file");
  try {
    const { fields, file } = await readMultipart(call.request, "file", async (content, filename) => ({
      filename,
      stored: await storeContent(world, id, content, MAX_FILE_BYTES),
    }));
    const purpose = readPurpose(fields.purpose);
    // Time passes while a large file arrives, and other files may have been added.
    const now = world.clock.now();
    const expiresAt = readExpiry(fields["expires_after[anchor]"], fields["expires_after[seconds]"], now);
    checkFileCount(account.dataPlane, now);
    checkBytes(account.dataPlane, file.stored.bytes, now);
    const record = newFile(call, id, file.filename, purpose, file.stored, now);
    if (expiresAt !== undefined) record.expiresAt = expiresAt;
    account.dataPlane.files.push(record);
    world.save();
    created(call, `/files/${id}`);
    return fileView(record, now);
  } catch (error) {
    removeBlobs(world, id);
    throw error;
  }
}

/** A file whose bytes are stored; the check's outcome counts for fine-tuning data only. */
export function newFile(
  { world }: Call,
  id: string,
  filename: string,
  purpose: string,
  { bytes, rows, problem }: StoredContent,
  now: number,
): FileRecord {
  const processedAt = now + world.settings.fileSeconds * 1000;
  const record: FileRecord = { id, filename, purpose, bytes, createdAt: now, processedAt };
  if (purpose === "fine-tune") {
    record.rows = rows;
    if (problem !== undefined) record.problem = problem;
  }
  return record;
}

function importFile(call: Call): unknown {
  const { world, account, now } = call;
  const body = bodyObject(call.request);
  checkFileCount(account.dataPlane, now);
  for (const name of ["purpose", "filename", "content_url"])
    if (typeof body[name] !== "string" || body[name] === "") throw invalidPayload(`${name} is required.`, name);
  const record: FileRecord = {
    id: newId("file"),
    filename: body.filename as string,
    purpose: readPurpose(body.purpose),
    bytes: 0,
    createdAt: now,
    processedAt: Number.MAX_SAFE_INTEGER,
    importFrom: body.content_url as string,
  };
  account.dataPlane.files.push(record);
  world.save();
  void startImport(world, account, record);
  created(call, `/files/${record.id}`);
  return fileView(record, now);
}

async function listFiles(call: Call): Promise<unknown> {
  const { purpose, order } = call.request.query;
  if (order !== undefined && order !== "asc" && order !== "desc")
    throw invalidPayload(`order is '${order}'; it must be asc or desc.`, "order");
  const files = liveFiles(call.account.dataPlane, call.now)
    .filter((file) => purpose === undefined || file.purpose === purpose)
    .sort((a, b) => a.createdAt - b.createdAt);
  const page = pageOf(order === "asc" ? files : files.reverse(), call.request, { default: 10_000, max: 10_000 });
  const data = await Promise.all(page.data.map((file) => view(call, file)));
  if (call.flavour.kind === "dated") return { object: "list", data };
  const ends = { first_id: page.data[0]?.id ?? "", last_id: page.data.at(-1)?.id ?? "" };
  return { object: "list", data, ...ends, has_more: page.hasMore };
}

function getFile(call: Call): Promise<unknown> {
  return view(call, findFile(call.account.dataPlane, param(call.request, "file"), call.now));
}

async function getContent(call: Call): Promise<unknown> {
  const file = findFile(call.account.dataPlane, param(call.request, "file"), call.now);
  void call.reply.header("content-type", "application/octet-stream");
  const text = await resultsText(call, file);
  if (text !== undefined) return Buffer.from(text, "utf8");
  if (!existsSync(blobPath(call.world, file.id))) throw notFound("content of file", file.id);
  return createReadStream(blobPath(call.world, file.id));
}

function deleteFile(call: Call): unknown {
  const { dataPlane } = call.account;
  const file = findFile(dataPlane, param(call.request, "file"), call.now);
  dataPlane.files = dataPlane.files.filter(({ id }) => id !== file.id);
  call.world.save();
  removeBlobs(call.world, file.id);
  return { object: "file", id: file.id, deleted: true };
}

/** A results file grows with its job: its text is generated on request. */
async function resultsText(call: Call, file: FileRecord): Promise<string | undefined> {
  const job = call.account.dataPlane.jobs.find(({ id }) => id === file.resultsOf);
  return job && resultsCsv(job, (await trainingResult(call.world, job)).metrics, call.now);
}

async function view(call: Call, file: FileRecord): Promise<Record<string, unknown>> {
  const text = await resultsText(call, file);
  return fileView(text === undefined ? file : { ...file, bytes: Buffer.byteLength(text) }, call.now);
}
