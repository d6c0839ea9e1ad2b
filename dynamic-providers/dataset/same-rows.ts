import { lineEndHashes } from "../../datasets/line-ends";
import type { FileReport } from "../../datasets";
import type { DatasetInputs } from "./schema";

/**
 * The hash by which files and jobs of a content are known: that of the file as the stack first had it, for as long as only line ends and byte
 * order mark change; else the file's own. So a checkout on Windows and one on Linux don't pay in turns, and every hash and every key that
 * a state holds stays what it is.
 *
 * @param olds - what the state says of the file; a state of an earlier version has no `contentSha256`, and its `sha256` stands for it
 * @param read - the file's bytes, asked for where the rows may be the same
 * @throws Error when the file can't be read
 */
export async function contentSha256(
  olds: Partial<DatasetInputs> | undefined,
  { sha256, examples, tokens }: Pick<FileReport, "sha256" | "examples" | "tokens">,
  read: () => AsyncIterable<Uint8Array>,
): Promise<string> {
  if (olds?.sha256 === undefined) return sha256;
  const known = olds.contentSha256 ?? olds.sha256;
  if (olds.sha256 === sha256 || known === sha256) return known;
  // The same rows have the same figures; a file whose rows changed is not read again.
  if (olds.examples !== examples || olds.tokens?.total.sum !== tokens.total.sum) return sha256;
  const { own, variants } = await lineEndHashes(read());
  // Another content than was examined: it was replaced in the meantime, and must not pass for the old one.
  return own === sha256 && variants.includes(known) ? known : sha256;
}
