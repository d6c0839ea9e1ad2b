const escapes = new Uint8Array(128);
for (const [char, value] of Object.entries({ '"': 0x22, "\\": 0x5c, "/": 0x2f, b: 8, f: 12, n: 10, r: 13, t: 9 })) {
  escapes[char.charCodeAt(0)] = value;
}

/** Text of JSON strings without their escapes, as UTF-8. */
export class Unescaped {
  /** The text of the last string that `read` took; its first `length` bytes. */
  bytes: Uint8Array = new Uint8Array(1 << 16);

  /**
   * Takes the inside of a JSON string.
   *
   * @returns the length of the text, or -1 when an escape is wrong or a half of a surrogate pair stands alone.
   */
  read(source: Uint8Array, start: number, end: number): number {
    if (this.bytes.length < end - start) this.bytes = new Uint8Array(2 * (end - start));
    const { bytes } = this;
    let length = 0;
    for (let at = start; at < end;) {
      const byte = source[at]!;
      if (byte !== 0x5c) {
        bytes[length++] = byte;
        at++;
        continue;
      }
      const kind = source[at + 1]!;
      if (kind !== 0x75) {
        const value = kind < 128 ? escapes[kind]! : 0;
        if (value === 0) return -1;
        bytes[length++] = value;
        at += 2;
        continue;
      }
      let point = unitAt(source, at, end);
      at += 6;
      if (point < 0 || (point >= 0xdc00 && point <= 0xdfff)) return -1;
      if (point >= 0xd800 && point <= 0xdbff) {
        const low = unitAt(source, at, end);
        if (low < 0xdc00 || low > 0xdfff) return -1;
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        at += 6;
      }
      length = writeCodePoint(bytes, length, point);
    }
    return length;
  }
}

/** The code unit of the escape `\uXXXX` at `at`, or -1. */
function unitAt(source: Uint8Array, at: number, end: number): number {
  if (at + 6 > end || source[at] !== 0x5c || source[at + 1] !== 0x75) return -1;
  let unit = 0;
  for (let i = at + 2; i < at + 6; i++) {
    const digit = hexDigit(source[i]!);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function writeCodePoint(bytes: Uint8Array, at: number, point: number): number {
  if (point < 0x80) {
    bytes[at++] = point;
  } else if (point < 0x800) {
    bytes[at++] = 0xc0 | (point >> 6);
    bytes[at++] = 0x80 | (point & 0x3f);
  } else if (point < 0x10000) {
    bytes[at++] = 0xe0 | (point >> 12);
    bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
    bytes[at++] = 0x80 | (point & 0x3f);
  } else {
    bytes[at++] = 0xf0 | (point >> 18);
    bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
    bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
    bytes[at++] = 0x80 | (point & 0x3f);
  }
  return at;
}
