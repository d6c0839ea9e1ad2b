/** One file of a dataset, as it is read: on disk, or a blob in the state that its ETag names. */
export interface Part {
  /** Path or address, for messages. */
  path: string;
  bytes: number;
  /** Of a blob: names this content of it. */
  etag?: string;
  /**
   * The bytes, from the start. May be read several times.
   *
   * @throws Error where they can't be read, or are others by now
   */
  read(): AsyncIterable<Uint8Array>;
  /** @throws Error when the file on disk changed since it was found. A blob is read under its ETag and needs none. */
  assertUnchanged?(): Promise<void>;
}

/** Where datasets may be besides the disk. */
export interface RemoteStore {
  /**
   * The blob of an address, or the JSONL blobs directly below a prefix, in the order of their names. Asked once in a process and address, so that one run
   * sees one state.
   *
   * @returns a sentence where the address names nothing that can be read
   */
  find(address: string): Promise<Part[] | string>;
  /** A blob that was found earlier, perhaps by another process, whose ETag must still be the same. */
  found(address: string, etag: string, bytes: number): Part;
}

/** The part as a state keeps it. */
export interface PartRecord {
  path: string;
  bytes: number;
  etag?: string;
}

export function recordOf({ path, bytes, etag }: Part): PartRecord {
  return etag === undefined ? { path, bytes } : { path, bytes, etag };
}

/** Files of a folder, and blobs below a prefix, that belong to a dataset. */
export function isDatasetName(name: string): boolean {
  return /\.jsonl$/i.test(name);
}
