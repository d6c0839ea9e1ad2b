import { AzureFailure, isNotFound } from "../../azure-openai/failure";
import type { DataPlane } from "../../azure-openai/data-plane";
import type { RemoteFile } from "../../azure-openai/remote-files";
import { sizeOf } from "../runtime/amount-line";
import { remoteHash } from "../runtime/remote-content";
import type { Say } from "../runtime/say";
import type { TrainingFileInputs } from "./schema";

/**
 * Largest file, in bytes, whose content is compared before it is taken. It is what Azure accepts in one request (`MaxTrainingFileSize`
 * of an account), so everything that a person or another tool uploads in the ordinary way is compared. Larger files come in parts:
 * reading up to 9 GB back at every adoption would take longer than many trainings.
 */
export const COMPARE_UP_TO = 512e6;

/** Reading a file back takes seconds from here on, so it is announced. */
const ANNOUNCED_FROM = 10e6;

export interface ContentCheckOptions {
  /** Bytes; larger files are not compared. */
  compareUpTo: number;
  say: Say;
}

/**
 * Tells whether files that bear the right name and size have the right content: both can be had by accident or on purpose, and the
 * training would be paid for on other data. Each file is read once.
 */
export class ContentCheck {
  private readonly known = new Map<string, Promise<boolean>>();

  constructor(
    private readonly dataPlane: DataPlane,
    private readonly inputs: TrainingFileInputs,
    private readonly options: ContentCheckOptions,
  ) {}

  /** `fileId` was uploaded by this very run, which hashed every byte that it sent. */
  trust(fileId: string): void {
    this.known.set(fileId, Promise.resolve(true));
  }

  /**
   * @param file - processed: the service gives no content before
   * @throws AzureFailure when the content can't be read now, and may be readable later
   */
  matches(file: RemoteFile): Promise<boolean> {
    const known = this.known.get(file.id) ?? this.compare(file);
    this.known.set(file.id, known);
    return known;
  }

  private async compare({ id, bytes }: RemoteFile): Promise<boolean> {
    const { say, compareUpTo } = this.options;
    const { remoteName, sha256, bytes: expected } = this.inputs;
    // An import has no size until it is processed.
    if (bytes !== null && bytes !== expected) return false;
    if (expected > compareUpTo) {
      say(
        `${id} has the same name and size as this file; only files of up to ${sizeOf(compareUpTo)} are compared by content, so the content is assumed to be the same`,
      );
      return true;
    }
    if (expected >= ANNOUNCED_FROM)
      say.status(`comparing the content of ${id} (${sizeOf(expected)}) · if it matches, the file is reused`);
    try {
      if ((await remoteHash(this.dataPlane, id, bytes ?? undefined)) === sha256) return true;
      say(
        `${id} is named ${remoteName} and has the same size, but different content (different SHA-256): it is neither used nor deleted. Delete it if nobody needs it.`,
      );
    } catch (error) {
      if (!(error instanceof AzureFailure) || error.transient) throw error;
      // Where somebody deleted it in the meantime there is nothing to tell.
      if (!isNotFound(error)) say(`${id} can't be compared, so it is not used (${error.detail})`);
    }
    return false;
  }
}
