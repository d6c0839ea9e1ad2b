import { createHash } from "node:crypto";

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const [LF, CR] = [0x0a, 0x0d];

/** SHA-256 (lower-case hex) of a file's bytes, and of what they are with other line endings or another start. */
export interface LineEndHashes {
  /** Of the bytes as they are. */
  own: string;
  /** With line endings of LF or of CRLF throughout, each with and without a byte order mark. */
  variants: string[];
}

/**
 * The hashes under which the same rows may have been known. `core.autocrlf` of git turns every LF into CRLF at a checkout on Windows and back at a
 * commit; editors do the same, and add or drop the byte order mark. Such files hold the same examples, and a training on them is the same. A
 * file that mixes both line endings is known only by its own hash and as what it becomes when they are made the same.
 *
 * @param blocks - the file's bytes, of which a few blocks are in memory
 * @throws Error when they can't be read
 */
export async function lineEndHashes(blocks: AsyncIterable<Uint8Array>): Promise<LineEndHashes> {
  const own = createHash("sha256");
  const [lf, lfBom, crlf, crlfBom] = [0, 1, 2, 3].map(() => createHash("sha256"));
  lfBom!.update(BOM);
  crlfBom!.update(BOM);
  const add = (unix: Buffer) => {
    lf!.update(unix);
    lfBom!.update(unix);
    const windows = toCrlf(unix);
    crlf!.update(windows);
    crlfBom!.update(windows);
  };
  // What can't be judged before the next block: the start of a byte order mark, or a CR that may belong to an LF.
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  for await (const block of blocks) {
    own.update(block);
    const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
    rest = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    if (!started && rest.length < BOM.length) continue;
    if (!started && rest.subarray(0, BOM.length).equals(BOM)) rest = rest.subarray(BOM.length);
    started = true;
    const open = rest.at(-1) === CR ? 1 : 0;
    add(toLf(rest.subarray(0, rest.length - open)));
    rest = rest.subarray(rest.length - open);
  }
  // A file shorter than a mark was never judged.
  add(toLf(rest));
  return { own: own.digest("hex"), variants: [lf, lfBom, crlf, crlfBom].map((hash) => hash!.digest("hex")) };
}

/** Without the CR of each CRLF; a CR alone stays. */
function toLf(bytes: Buffer): Buffer {
  if (!bytes.includes(CR)) return bytes;
  const result = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === CR && bytes[at + 1] === LF) continue;
    result[length++] = bytes[at]!;
  }
  return result.subarray(0, length);
}

/** @param bytes - without CRLF, and no piece of one */
function toCrlf(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, from)) {
    parts.push(bytes.subarray(from, at), Buffer.from([CR, LF]));
    from = at + 1;
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(from)]);
}
