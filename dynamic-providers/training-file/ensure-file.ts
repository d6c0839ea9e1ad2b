import { ticks, type Clock } from "../../azure-openai/clock";
import type { DataPlane } from "../../azure-openai/data-plane";
import { AzureFailure, isNotFound } from "../../azure-openai/failure";
import type { RemoteFile } from "../../azure-openai/remote-files";
import { LOST_ANSWER_MS, SETTLE_LOOK_MS } from "../../azure-openai/settle";
import { amountLine } from "../runtime/amount-line";
import type { Say } from "../runtime/say";
import { COMPARE_UP_TO, ContentCheck } from "./content-check";
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
  /** Size of a part. The service takes up to 64 MB; each is held in memory until it has arrived, since it may have to be sent again. */
  partBytes: number;
  /** Content of larger files isn't compared before they are adopted. @default COMPARE_UP_TO */
  compareUpTo?: number;
}
export const UPLOAD_LIMITS: UploadLimits = { wholeUpTo: 100e6, partBytes: 16 * 1024 * 1024 };

/** Where an ensure got to, kept up to date for a partial failure. */
export interface Progress {
  fileId?: string;
  status?: string;
  createdAt?: number;
  upload?: UnfinishedUpload;
}

export interface EnsureOptions {
  clock: Clock;
  /** The content that was checked, from its start. */
  read: () => AsyncIterable<Uint8Array>;
  limits: UploadLimits;
  say: Say;
  /** Whether another resource of this process uses the file. */
  inUse: (fileId: string) => boolean;
  /** Ends the process when nobody waits for the result any more. */
  stopIfOrphaned: () => Promise<void>;
  progress: Progress;
  /** Called before bytes are sent: whether the account takes one more file. Throws when it doesn't. @default nothing */
  beforeUpload?: () => Promise<void>;
}

/** Somebody may delete the file between two of our requests; after this many times it is no accident. */
const ROUNDS = 3;

/**
 * Makes sure that the account has the content once, under its name: takes an earlier upload after comparing its content, or uploads;
 * then waits until the service has checked it. Copies that others (or an interrupted run) left are deleted.
 *
 * @returns the file as last seen: `processed`, `error`, or still being processed after the deadline
 * @throws FileChanged, AzureFailure
 */
export async function ensureFile(
  dataPlane: DataPlane,
  inputs: TrainingFileInputs,
  options: EnsureOptions,
): Promise<RemoteFile> {
  const { say, limits } = options;
  const content = new ContentCheck(dataPlane, inputs, { say, compareUpTo: limits.compareUpTo ?? COMPARE_UP_TO });
  const run: Run = { dataPlane, inputs, options, content };
  for (let round = 1; ; round++) {
    try {
      return await ensureOnce(run);
    } catch (error) {
      if (!isNotFound(error) || round === ROUNDS) throw error;
      options.say("the file was deleted in the meantime; starting over");
      options.progress.fileId = undefined;
      options.progress.upload = undefined;
    }
  }
}

/** What every step of one ensure needs. */
interface Run {
  dataPlane: DataPlane;
  inputs: TrainingFileInputs;
  options: EnsureOptions;
  content: ContentCheck;
}

async function ensureOnce(run: Run): Promise<RemoteFile> {
  const { dataPlane, inputs, options } = run;
  const earlier = await findUploaded(dataPlane, inputs);
  await clearAway(dataPlane, earlier.broken, options);
  const file = (await adopt(run, earlier.usable)) ?? (await uploadSettled(run, earlier.usable));
  note(options.progress, file);
  if (file.status !== "processed") return file;
  const [oldest = file, ...copies] = await sameContent(run, file);
  await clearAway(dataPlane, copies, options);
  if (oldest.id === file.id) return file;
  // Somebody else uploaded the same bytes a moment earlier: both take the older one.
  note(options.progress, oldest);
  return oldest;
}

/** Every processed file with the content, oldest first; what is older than `file` and still being processed is waited for. */
async function sameContent({ dataPlane, inputs, options, content }: Run, file: RemoteFile): Promise<RemoteFile[]> {
  const same: RemoteFile[] = [];
  let older = true;
  for (const listed of (await findUploaded(dataPlane, inputs)).usable) {
    if (listed.id === file.id) older = false;
    // A younger copy belongs to a run that still waits for it, and that will find this file.
    const settled = older ? await waitProcessed(dataPlane, listed.id, { ...options, name: inputs.remoteName }) : listed;
    if (settled.status === "processed" && (await content.matches(settled))) same.push(settled);
  }
  return same;
}

/** The first of earlier uploads that has the content, or that the service has not processed: then its status is what matters. */
async function adopt(run: Run, usable: RemoteFile[]): Promise<RemoteFile | undefined> {
  const { dataPlane, inputs, options, content } = run;
  for (const { id } of usable) {
    const file = await waitProcessed(dataPlane, id, { ...options, name: inputs.remoteName });
    if (file.status === "processed" && !(await content.matches(file))) continue;
    options.say(`already uploaded as ${id}`);
    return file;
  }
  return undefined;
}

/**
 * Uploads and waits; when the answer is lost, looks for the file before trying again.
 * @param earlier - files of the same name that were not taken
 */
async function uploadSettled(run: Run, earlier: RemoteFile[]): Promise<RemoteFile> {
  const { dataPlane, inputs, options, content } = run;
  const others = new Set(earlier.map(({ id }) => id));
  await options.beforeUpload?.();
  for (let attempt = 1; ; attempt++) {
    try {
      const id = await upload(dataPlane, inputs, options);
      if (id) {
        content.trust(id);
        note(options.progress, { id });
        return await waitProcessed(dataPlane, id, { ...options, name: inputs.remoteName });
      }
    } catch (error) {
      if (!(error instanceof AzureFailure) || !error.ambiguous || attempt === 2 || options.progress.fileId) throw error;
      options.say("the response to the upload was lost; looking for the file");
    }
    const found = await lookFor(dataPlane, inputs, options.clock, others);
    const adopted = found && (await adopt(run, [found]));
    if (adopted) return adopted;
  }
}

async function upload(
  dataPlane: DataPlane,
  inputs: TrainingFileInputs,
  options: EnsureOptions,
): Promise<string | undefined> {
  const { clock, read, limits, say, progress } = options;
  if (inputs.bytes <= limits.wholeUpTo) return uploadWhole(dataPlane, inputs, read, statusOfUpload(inputs, options));
  const inParts = (resume?: UnfinishedUpload) =>
    uploadInParts(dataPlane, inputs, {
      clock,
      read,
      partBytes: limits.partBytes,
      say,
      resume,
      remember: (unfinished) => (progress.upload = unfinished),
    });
  const resume = progress.upload;
  try {
    return await inParts(resume);
  } catch (error) {
    // An earlier run's upload may have been cancelled or completed by somebody: it must not block every later run.
    if (!resume || !(error instanceof AzureFailure) || error.transient) throw error;
    say(`cannot resume upload ${resume.id} (${error.detail}); starting over`);
    progress.upload = undefined;
    return inParts();
  }
}

/** Between two lines about an upload in one request. */
const UPLOAD_TOLD_MS = 5_000;

/** Tells how far an upload is: at once, and every few seconds. */
function statusOfUpload({ remoteName, bytes }: TrainingFileInputs, { clock, say }: EnsureOptions) {
  const started = ticks(clock);
  let toldAt = -Infinity;
  return (bytesDone: number) => {
    const now = ticks(clock);
    if (now - toldAt < UPLOAD_TOLD_MS) return;
    toldAt = now;
    say.status(amountLine({ doing: `uploading ${remoteName}`, bytesDone, bytes, elapsedMs: now - started }));
  };
}

/** @param others - ids that were there before the upload: none of them is what it made */
async function lookFor(
  dataPlane: DataPlane,
  inputs: TrainingFileInputs,
  clock: Clock,
  others: Set<string>,
): Promise<RemoteFile | undefined> {
  const until = ticks(clock) + LOST_ANSWER_MS;
  for (;;) {
    const { usable } = await findUploaded(dataPlane, inputs);
    const found = usable.find(({ id }) => !others.has(id));
    if (found || ticks(clock) >= until) return found;
    await clock.sleep(SETTLE_LOOK_MS);
  }
}

async function clearAway(dataPlane: DataPlane, files: RemoteFile[], options: EnsureOptions): Promise<void> {
  for (const file of files) {
    if (options.inUse(file.id)) continue;
    options.say(`deleting a leftover copy (${file.id}, ${file.status})`);
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
