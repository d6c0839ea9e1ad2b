import { createHash } from "node:crypto";
import { ticks, type Clock } from "../../azure-openai/clock";
import type { DataPlane } from "../../azure-openai/data-plane";
import { ChangedBlob } from "../../blob-storage/changed-blob";
import { amountLine } from "../runtime/amount-line";
import type { Say } from "../runtime/say";
import { BlockReader } from "./block-reader";
import type { TrainingFileInputs, UnfinishedUpload } from "./schema";
import { FileChanged } from "./verified-content";

/** An upload that expires sooner than this is not worth resuming. */
const EXPIRY_MARGIN_SECONDS = 300;

export interface PartsOptions {
  clock: Clock;
  /** The content, from its start. */
  read: () => AsyncIterable<Uint8Array>;
  /** Bytes per part. */
  partBytes: number;
  say: Say;
  /** Called after each part with all that a later run needs to go on. */
  remember: (upload: UnfinishedUpload) => void;
  /** Where an earlier run stopped. */
  resume?: UnfinishedUpload;
}

/**
 * Uploads a large file in parts. The whole file is read and hashed in any case; parts that an earlier run sent, and that are still the
 * same, are not sent again. Returns the file's id, or `undefined` when the service doesn't name it.
 *
 * @throws FileChanged, ChangedBlob (the upload is cancelled then), AzureFailure
 */
export async function uploadInParts(
  dataPlane: DataPlane,
  inputs: TrainingFileInputs,
  options: PartsOptions,
): Promise<string | undefined> {
  const { path, bytes, sha256, remoteName, purpose } = inputs;
  const { clock, partBytes, say, remember } = options;
  const total = Math.ceil(bytes / partBytes);
  const started = ticks(clock);
  const upload = stillThere(dataPlane, options) ?? (await startUpload());
  const whole = createHash("sha256");
  const md5 = createHash("md5");
  const sent: UnfinishedUpload["parts"] = [];
  let skipped = 0;
  tell(0);
  const content = new BlockReader(options.read());
  // One for all parts: each is sent before the next is read, and garbage of this size is collected late.
  const room = Buffer.allocUnsafe(Math.min(partBytes, bytes));
  try {
    for (let number = 1; number <= total; number++) {
      const part = room.subarray(0, Math.min(partBytes, bytes - (number - 1) * partBytes));
      if (!(await content.fill(part))) throw new FileChanged(path);
      whole.update(part);
      md5.update(part);
      const digest = createHash("sha256").update(part).digest("hex");
      const known = upload.parts[number - 1];
      if (known?.sha256 === digest && sent.length === number - 1) {
        sent.push(known);
        skipped += part.length;
        continue;
      }
      const id = await dataPlane.uploads.part(upload.id, number, part);
      sent.push({ id, bytes: part.length, sha256: digest });
      remember({ ...upload, parts: [...sent] });
      tell(number);
    }
    if (!(await content.isAtEnd()) || whole.digest("hex") !== sha256) throw new FileChanged(path);
  } catch (error) {
    if (error instanceof FileChanged || error instanceof ChangedBlob)
      await dataPlane.uploads.cancel(upload.id).catch(() => undefined);
    throw error;
  } finally {
    await content.close();
  }
  const partIds = sent.map((part) => part.id);
  return dataPlane.uploads.complete(upload.id, partIds, md5.digest("hex"));

  async function startUpload(): Promise<UnfinishedUpload> {
    const { id, expires_at } = await dataPlane.uploads.start(remoteName, purpose, bytes);
    const fresh = { id, expiresAt: expires_at, parts: [] };
    remember(fresh);
    return fresh;
  }

  /** @param number - of parts that are there */
  function tell(number: number): void {
    const doing = `uploading ${remoteName}, part ${number}/${total}`;
    const bytesDone = sent.reduce((sum, part) => sum + part.bytes, 0);
    say.status(amountLine({ doing, bytesDone, bytes, elapsedMs: ticks(clock) - started, before: skipped }));
  }
}

function stillThere(dataPlane: DataPlane, { resume, clock, say }: PartsOptions): UnfinishedUpload | undefined {
  // It expires by the service's clock.
  const now = dataPlane.time.now() ?? clock.now();
  if (!resume || resume.expiresAt - now / 1000 < EXPIRY_MARGIN_SECONDS) return undefined;
  say(`resuming the upload ${resume.id}: ${resume.parts.length} parts are already uploaded`);
  return resume;
}
