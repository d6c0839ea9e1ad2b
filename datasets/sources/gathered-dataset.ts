import type { FileHandle } from "node:fs/promises";
import type { OpenDataset } from "../dataset-file";
import { contentKey, knownContent, rememberContent, type KnownContent } from "./known-content";
import type { Part } from "./part";
import type { Start } from "./joined";
import { SharedSpools } from "./shared-spools";
import { spool, type Spooled } from "./spool";

const spools = new SharedSpools();

export interface GatherOptions {
  /** Called while the parts are read. */
  onBytes?: (bytesDone: number, bytes: number) => void;
}

/** A dataset of several files, or in Blob Storage: its content is put together when somebody needs it. */
export class GatheredDataset implements OpenDataset {
  private loaded: Spooled | undefined;
  private known: KnownContent | undefined;
  /** Where each part begins, also after it was closed. */
  private starts: readonly Start[] = [];
  /** Of its ETags; absent where a part is on disk. */
  private readonly key: string | undefined;

  private constructor(
    readonly path: string,
    readonly parts: readonly Part[],
    private readonly options: GatherOptions,
  ) {
    this.key = contentKey(parts);
  }

  static async open(path: string, parts: readonly Part[], options: GatherOptions = {}): Promise<GatheredDataset> {
    const dataset = new GatheredDataset(path, parts, options);
    dataset.known = dataset.key === undefined ? undefined : await knownContent(dataset.key);
    return dataset;
  }

  get bytes(): number {
    return (this.loaded ?? this.known)?.bytes ?? this.parts.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get handle(): FileHandle {
    if (!this.loaded) throw new Error(`${this.path} is not loaded yet.`);
    return this.loaded.handle;
  }

  async identity(): Promise<string> {
    return this.key ?? (await this.sha256());
  }

  async sha256(): Promise<string> {
    if (!this.known) await this.load();
    return (this.loaded ?? this.known!).sha256;
  }

  async load(): Promise<void> {
    if (this.loaded) return;
    const { parts, key } = this;
    const { onBytes } = this.options;
    const all = this.bytes;
    const read = () => spool(parts, onBytes && ((done) => onBytes(Math.min(done, all), all)));
    this.loaded = await (key === undefined ? read() : spools.use(key, read));
    const { sha256, bytes, starts } = this.loaded;
    this.starts = starts;
    if (key !== undefined && !this.known) await rememberContent(key, { sha256, bytes });
    this.known = { sha256, bytes };
  }

  placeOf(line: number): { file?: string; line: number } {
    const { starts } = this;
    if (starts.length < 2 || line === 0) return { line };
    const start = starts.findLast(({ lines }) => lines < line) ?? starts[0]!;
    return { file: start.path, line: line - start.lines };
  }

  /** Blobs are read under their ETags: a content of none of them is never given. */
  async assertUnchanged(): Promise<void> {
    for (const part of this.parts) await part.assertUnchanged?.();
  }

  async close(): Promise<void> {
    if (!this.loaded) return;
    if (this.key === undefined) await this.loaded.handle.close();
    else spools.release(this.key);
    this.loaded = undefined;
  }
}
