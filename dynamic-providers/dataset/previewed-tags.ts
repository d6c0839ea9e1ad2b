import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { ChangedBlob } from "../../blob-storage/changed-blob";
import { cacheDirectory } from "../../datasets/cache/directory";
import { writeAtomically } from "../../datasets/cache/write-atomically";
import type { PartRecord } from "../../datasets/sources";

/** Variable by which `npm run up` says that a preview has just been shown and answered with yes. */
export const AFTER_PREVIEW = "FINETUNE_AFTER_PREVIEW";

/** A preview that is older was not the one that somebody has said yes to; a pipeline that runs every hour without a preview is never held to the last. */
const VALID_MS = 15 * 60_000;

/**
 * ETags that the process before this one saw. A preview and the update after it have a process each, and no way to tell each other
 * anything: so each leaves a note in the user's cache, and a blob that has another ETag by then is not uploaded.
 */
export class PreviewedTags {
  /** By address, as the first look of this process found the note of another one. */
  private readonly before = new Map<string, string | undefined>();

  /**
   * @param folder - of the notes; undefined: nothing is noted
   * @param project - folder of the program: another one has previews of its own
   */
  constructor(
    private readonly folder: string | undefined,
    private readonly now: () => number = Date.now,
    private readonly project = process.cwd(),
  ) {}

  /** Notes what a check sees. @param refuses - whether a blob that changed since the preview ends it. @throws ChangedBlob */
  async see(parts: readonly PartRecord[], refuses: boolean): Promise<void> {
    for (const { path: address, etag } of parts) {
      if (etag === undefined || this.folder === undefined || this.before.has(address)) continue;
      const note = this.noteOf(address, this.folder);
      this.before.set(address, this.read(note));
      await writeAtomically(note, etag);
    }
    if (refuses) this.refuseChanged(parts);
  }

  /** @throws ChangedBlob with both ETags for a blob that another process saw in another state */
  refuseChanged(parts: readonly PartRecord[]): void {
    for (const { path: address, etag } of parts) {
      const before = this.before.get(address);
      if (etag !== undefined && before !== undefined && before !== etag) throw new ChangedBlob(address, before, etag);
    }
  }

  private noteOf(address: string, folder: string): string {
    return path.join(
      folder,
      `${createHash("sha256").update(`${this.project}\n${address}`).digest("hex").slice(0, 32)}.etag`,
    );
  }

  private read(note: string): string | undefined {
    try {
      return this.now() - statSync(note).mtimeMs < VALID_MS ? readFileSync(note, "utf8") : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Every provider process gets its engine's address; without an engine (a test, a tool) nothing is previewed. */
const byEngine = /:\d+$/.test(process.argv[2] ?? "");

/** Of the running provider process. */
export const previewedTags = new PreviewedTags(byEngine ? path.join(cacheDirectory(), "previews") : undefined);

/** Whether this process is the one that does what was shown. */
export function isAfterPreview(environment: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(environment[AFTER_PREVIEW]);
}
