import { createHash } from "node:crypto";
import type { TrainingFileInputs } from "./schema";

/** The content is no longer the one that was validated. */
export class FileChanged extends Error {
  constructor(path: string) {
    super(`${path} changed after it was validated (different SHA-256): nothing was uploaded. Run the command again.`);
    this.name = "FileChanged";
  }
}

/**
 * The file's bytes, hashed on the way. The last piece is held back until the hash is known, so that a file that was changed in between
 * is never uploaded to its end.
 *
 * @throws FileChanged instead of giving the last piece
 */
export async function* verifiedContent(
  { path, bytes, sha256 }: Pick<TrainingFileInputs, "path" | "bytes" | "sha256">,
  blocks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let seen = 0;
  let held: Uint8Array | undefined;
  for await (const chunk of blocks) {
    seen += chunk.length;
    if (seen > bytes) throw new FileChanged(path);
    hash.update(chunk);
    if (held) yield held;
    held = chunk;
  }
  if (seen !== bytes || hash.digest("hex") !== sha256) throw new FileChanged(path);
  if (held) yield held;
}
