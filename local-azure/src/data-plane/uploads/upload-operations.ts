import { createHash } from "node:crypto";
import { createReadStream, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { bodyObject, param } from "../../http/request";
import type { UploadPartRecord, UploadRecord } from "../../world/state";
import { invalidPayload, notFound, unexpectedState } from "../api/errors";
import { blobPath, removeBlobs } from "../../storage/blobs";
import { newFile } from "../files/file-operations";
import { fileView } from "../files/file-state";
import { checkBytes, checkFileCount } from "../files/limits";
import { readMultipart } from "../files/multipart";
import { readPurpose } from "../files/purpose";
import { storeContent } from "../files/store-content";
import { newId } from "../api/ids";
import { type Call, type Endpoint } from "../api/call";
import { seconds } from "../api/unix-time";

/** An upload must be completed within two hours. */
const LIFETIME_MS = 2 * 3600 * 1000;
/** Bytes of an upload in all (schema text), and of one part (the OpenAI API's 64 MiB). */
const MAX_UPLOAD_BYTES = 9_000_000_000;
const MAX_PART_BYTES = 64 * 1024 * 1024;

/** In the dated API only: the v1 schema lacks uploads, and its endpoint is on record with 404. */
export const uploadOperations: Endpoint[] = [
  { method: "POST", path: "/uploads", action: "uploads/write", only: "dated", run: createUpload },
  { method: "POST", path: "/uploads/:upload/parts", action: "uploads/write", only: "dated", run: addPart },
  { method: "POST", path: "/uploads/:upload/complete", action: "uploads/write", only: "dated", run: completeUpload },
  { method: "POST", path: "/uploads/:upload/cancel", action: "uploads/write", only: "dated", run: cancelUpload },
];

function createUpload(call: Call): unknown {
  const { world, account, now } = call;
  const body = bodyObject(call.request);
  for (const name of ["filename", "mime_type"])
    if (typeof body[name] !== "string" || body[name] === "") throw invalidPayload(`${name} is required.`, name);
  const bytes = body.bytes;
  if (typeof bytes !== "number" || !Number.isInteger(bytes) || bytes < 1 || bytes > MAX_UPLOAD_BYTES) {
    throw invalidPayload(
      `bytes is ${JSON.stringify(bytes)}; it must be a whole number from 1 to ${MAX_UPLOAD_BYTES}.`,
      "bytes",
    );
  }
  const upload: UploadRecord = {
    id: newId("upload"),
    filename: body.filename as string,
    purpose: readPurpose(body.purpose),
    bytes,
    mimeType: body.mime_type as string,
    createdAt: now,
    expiresAt: now + LIFETIME_MS,
    status: "pending",
    parts: [],
  };
  dropExpired(call);
  account.dataPlane.uploads.push(upload);
  world.save();
  void call.reply.header("location", `${call.base}/uploads/${upload.id}`);
  return view(call, upload);
}

async function addPart(call: Call): Promise<unknown> {
  const { world } = call;
  const upload = openUpload(call);
  const id = newId("uplprt");
  const { file: stored } = await readMultipart(call.request, "data", (content) =>
    storeContent(world, `${upload.id}.${id}`, content, MAX_PART_BYTES),
  );
  requirePending(call, upload, `${upload.id}.${id}`);
  const blockId = createHash("md5").update(id).digest("base64");
  const part: UploadPartRecord = { id, blockId, bytes: stored.bytes, createdAt: world.clock.now() };
  upload.parts.push(part);
  world.save();
  return {
    id,
    object: "upload.part",
    created_at: seconds(part.createdAt),
    upload_id: upload.id,
    azure_block_id: blockId,
  };
}

async function completeUpload(call: Call): Promise<unknown> {
  const { world, account } = call;
  const upload = openUpload(call);
  const body = bodyObject(call.request);
  const parts = chosenParts(upload, body.part_ids);
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (bytes !== upload.bytes) {
    throw invalidPayload(
      `The parts add up to ${bytes} bytes; the upload was created with ${upload.bytes}.`,
      "part_ids",
    );
  }
  checkFileCount(account.dataPlane, call.now);
  checkBytes(account.dataPlane, bytes, call.now);
  const id = newId("file");
  const md5 = createHash("md5");
  const content = Readable.from(joined(call, upload, parts, md5));
  const stored = await storeContent(world, id, content, MAX_UPLOAD_BYTES);
  const digest = md5.digest();
  const wanted = typeof body.md5 === "string" && body.md5 !== "" ? body.md5 : undefined;
  if (wanted && wanted.toLowerCase() !== digest.toString("hex") && wanted !== digest.toString("base64")) {
    rmSync(blobPath(world, id), { force: true });
    throw invalidPayload("md5 doesn't match the combined parts.", "md5");
  }
  requirePending(call, upload, id);
  const file = newFile(call, id, upload.filename, upload.purpose, stored, world.clock.now());
  account.dataPlane.files.push(file);
  upload.status = "completed";
  upload.fileId = id;
  world.save();
  removeBlobs(world, upload.id);
  return view(call, upload);
}

function cancelUpload(call: Call): unknown {
  const upload = openUpload(call);
  upload.status = "cancelled";
  call.world.save();
  removeBlobs(call.world, upload.id);
  return view(call, upload);
}

async function* joined(
  call: Call,
  upload: UploadRecord,
  parts: UploadPartRecord[],
  md5: ReturnType<typeof createHash>,
) {
  for (const part of parts) {
    for await (const chunk of createReadStream(blobPath(call.world, `${upload.id}.${part.id}`))) {
      md5.update(chunk as Buffer);
      yield chunk as Buffer;
    }
  }
}

/** Parts in the order asked for, by their ids or block ids. */
function chosenParts(upload: UploadRecord, ids: unknown): UploadPartRecord[] {
  if (!Array.isArray(ids) || ids.length === 0)
    throw invalidPayload("part_ids must be a list of at least one part.", "part_ids");
  return ids.map((id) => {
    const part = upload.parts.find((candidate) => candidate.id === id || candidate.blockId === id);
    if (!part)
      throw invalidPayload(`part_ids contains ${JSON.stringify(id)}, which is not a part of the upload.`, "part_ids");
    return part;
  });
}

function openUpload(call: Call): UploadRecord {
  const id = param(call.request, "upload");
  const upload = call.account.dataPlane.uploads.find((candidate) => candidate.id === id);
  if (!upload) throw notFound("upload", id);
  const status = statusOf(upload, call.now);
  if (status !== "pending") throw unexpectedState(`The upload '${id}' is ${status}.`);
  return upload;
}

/** Another request may have ended the upload while bytes were written; they are then removed. */
function requirePending({ world }: Call, upload: UploadRecord, blob: string): void {
  const status = statusOf(upload, world.clock.now());
  if (status !== "pending") {
    rmSync(blobPath(world, blob), { force: true });
    throw unexpectedState(`The upload '${upload.id}' is ${status}.`);
  }
}

function statusOf(upload: UploadRecord, now: number): string {
  return upload.status === "pending" && now >= upload.expiresAt ? "expired" : upload.status;
}

/** Bytes of uploads that were not completed in time. */
function dropExpired({ world, account, now }: Call): void {
  for (const upload of account.dataPlane.uploads)
    if (statusOf(upload, now) === "expired") removeBlobs(world, upload.id);
}

function view(call: Call, upload: UploadRecord): Record<string, unknown> {
  const file = call.account.dataPlane.files.find(({ id }) => id === upload.fileId);
  return {
    id: upload.id,
    object: "upload",
    bytes: upload.bytes,
    created_at: seconds(upload.createdAt),
    filename: upload.filename,
    purpose: upload.purpose,
    status: statusOf(upload, call.now),
    expires_at: seconds(upload.expiresAt),
    ...(file ? { file: fileView(file, call.world.clock.now()) } : {}),
  };
}
