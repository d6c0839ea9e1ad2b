import type { Clock } from "../../azure-openai/clock";
import type { DataPlane } from "../../azure-openai/data-plane";
import { AzureFailure, isNotFound } from "../../azure-openai/failure";
import type { RemoteFile } from "../../azure-openai/remote-files";
import { LOST_ANSWER_MS, SETTLE_LOOK_MS } from "../../azure-openai/settle";
import { findUploaded } from "./find-uploaded";
import type { TrainingFileInputs, UnfinishedUpload } from "./schema";
import { uploadInParts } from "./upload-in-parts";
import { uploadWhole } from "./upload-whole";
import { waitProcessed } from "./wait-processed";

/** Sizes, in bytes. */
export interface UploadLimits {
  /**
   * Larger files go in parts. Azure takes files up to 512 MB in one request, yet its own fine-tuning guide for agents reports that
   * single uploads above about 150 MB "silently fail" (azure-skills, references/large-file-uploads.md).
   */
  wholeUpTo: number;
  /** Size of a part, from the same guide. */
  partBytes: number;
}
export const UPLOAD_LIMITS: UploadLimits = { wholeUpTo: 100e6, partBytes: 64 * 1024 * 1024 };

/** Where an ensure got to, kept up to date for a partial failure. */
export interface Progress {
  fileId?: string;
  status?: string;
  createdAt?: number;
  upload?: UnfinishedUpload;
}

export interface EnsureOptions {
  clock: Clock;
  limits: UploadLimits;
  say: (line: string) => void;
  /** Whether another resource of this process uses the file. */
  inUse: (fileId: string) => boolean;
  /** Ends the process when nobody waits for the result any more. */
  stopIfOrphaned: () => Promise<void>;
  progress: Progress;
}

/** Somebody may delete the file between two of our requests; after this many times it is no accident. */
const ROUNDS = 3;

/**
 * Makes sure that the account has the content once, under its name: takes an earlier upload, or uploads; then waits until the service
 * has checked it. Copies that others (or a run that was killed) left are cleared away.
 *
 * @returns the file as last seen: `processed`, `error`, or still in work after the deadline
 * @throws FileChanged, AzureFailure
 */
export async function ensureFile(
  dataPlane: DataPlane,
  inputs: TrainingFileInputs,
  options: EnsureOptions,
): Promise<RemoteFile> {
  for (let round = 1; ; round++) {
    try {
      return await ensureOnce(dataPlane, inputs, options);
    } catch (error) {
      if (!isNotFound(error) || round === ROUNDS) throw error;
      options.say("the file was deleted meanwhile; starting again");
      options.progress.fileId = undefined;
      options.progress.upload = undefined;
    }
  }
}

async function ensureOnce(
  dataPlane: DataPlane,
  inputs: TrainingFileInputs,
  options: EnsureOptions,
): Promise<RemoteFile> {
  const { say, progress } = options;
  const earlier = await findUploaded(dataPlane, inputs);
  await clearAway(dataPlane, earlier.broken, options);
  const adopted = earlier.usable[0];
  if (adopted) say(`already uploaded as ${adopted.id}`);
  const fileId = adopted?.id ?? (await uploadSettled(dataPlane, inputs, options));
  note(progress, { id: fileId });
  const file = await waitProcessed(dataPlane, fileId, options);
  note(progress, file);
  if (file.status !== "processed") return file;
  const { usable } = await findUploaded(dataPlane, inputs);
  const oldest = usable[0] ?? file;
  await clearAway(dataPlane, usable.slice(1), options);
  if (oldest.id === file.id) return file;
  // Somebody else uploaded the same bytes a moment earlier: both take the older one.
  const shared = await waitProcessed(dataPlane, oldest.id, options);
  note(progress, shared);
  return shared;
}

/** Uploads; when the answer is lost, looks for the file before trying once more. Returns the file's id. */
async function uploadSettled(
  dataPlane: DataPlane,
  inputs: TrainingFileInputs,
  options: EnsureOptions,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const id = await upload(dataPlane, inputs, options);
      if (id) return id;
    } catch (error) {
      if (!(error instanceof AzureFailure) || !error.ambiguous || attempt === 2) throw error;
      options.say("the answer to the upload was lost; looking for the file");
    }
    const found = await lookFor(dataPlane, inputs, options.clock);
    if (found) return found.id;
  }
}

async function upload(
  dataPlane: DataPlane,
  inputs: TrainingFileInputs,
  options: EnsureOptions,
): Promise<string | undefined> {
  const { clock, limits, say, progress } = options;
  if (inputs.bytes <= limits.wholeUpTo) {
    say(`uploading ${inputs.bytes} bytes`);
    return uploadWhole(dataPlane, inputs);
  }
  const inParts = (resume?: UnfinishedUpload) =>
    uploadInParts(dataPlane, inputs, {
      clock,
      partBytes: limits.partBytes,
      say,
      resume,
      remember: (unfinished) => (progress.upload = unfinished),
    });
  const resume = progress.upload;
  try {
    return await inParts(resume);
  } catch (error) {
    // An earlier run's upload may have been cancelled or completed by somebody: it must not stand in the way of every later run.
    if (!resume || !(error instanceof AzureFailure) || error.transient) throw error;
    say(`the upload ${resume.id} can't be gone on with (${error.detail}); starting anew`);
    progress.upload = undefined;
    return inParts();
  }
}

async function lookFor(
  dataPlane: DataPlane,
  inputs: TrainingFileInputs,
  clock: Clock,
): Promise<RemoteFile | undefined> {
  const until = clock.now() + LOST_ANSWER_MS;
  for (;;) {
    const { usable } = await findUploaded(dataPlane, inputs);
    if (usable[0] || clock.now() >= until) return usable[0];
    await clock.sleep(SETTLE_LOOK_MS);
  }
}

async function clearAway(dataPlane: DataPlane, files: RemoteFile[], options: EnsureOptions): Promise<void> {
  for (const file of files) {
    if (options.inUse(file.id)) continue;
    options.say(`deleting a left-over copy (${file.id}, ${file.status})`);
    await dataPlane.files.delete(file.id).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }
}

function note(progress: Progress, file: { id: string; status?: string; created_at?: number }): void {
  progress.fileId = file.id;
  progress.status = file.status;
  progress.createdAt = file.created_at;
  progress.upload = undefined;
}
