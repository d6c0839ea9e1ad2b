/** Levels of nesting from which a value is refused: readers in other languages give up not far beyond. */
const MAX_DEPTH = 256;

/** What JSON.parse can't tell: where a text stops being JSON and why, repeated keys, and halves of surrogate pairs. */
export interface JsonFaults {
  /** The first place that is not JSON; byte offset from the start of the text. */
  error?: { offset: number; reason: string };
  /** Keys that an object holds twice, each named once. */
  duplicateKeys: string[];
  /** Whether an escape like `\ud83d` lacks its other half. */
  loneSurrogate: boolean;
}

/** Reads one JSON text (RFC 8259) strictly. The bytes must be valid UTF-8. */
export function findJsonFaults(bytes: Uint8Array, start: number, end: number): JsonFaults {
  const reader = new StrictReader(bytes, start, end);
  try {
    reader.read();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    reader.faults.error = { offset: error.offset - start, reason: error.reason };
  }
  return reader.faults;
}

class Fault extends Error {
  constructor(
    readonly offset: number,
    readonly reason: string,
  ) {
    super(reason);
  }
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

class StrictReader {
  readonly faults: JsonFaults = { duplicateKeys: [], loneSurrogate: false };
  private depth = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
    private readonly end: number,
  ) {}

  read(): void {
    this.value();
    const { at } = this;
    this.space();
    if (this.at === this.end) return;
    this.failAtInvisible();
    if (this.bytes.subarray(at, this.at).includes(0x0d))
      this.fail("a line ends with only a carriage return (CR); save the file with LF line endings (Unix)", at);
    this.fail("there is more text after the value; write one JSON object per line");
  }

  private value(): void {
    this.space();
    const byte = this.bytes[this.at];
    if (this.at >= this.end) this.fail("the line ends where a value is expected");
    else if (byte === 0x7b) this.object();
    else if (byte === 0x5b) this.array();
    else if (byte === 0x22) this.string();
    else if (byte === 0x2d || isDigit(byte)) this.number();
    else this.literal();
  }

  private object(): void {
    this.enter();
    const keys = new Set<string>();
    while (!this.closes(0x7d, keys.size > 0)) {
      if (this.bytes[this.at] !== 0x22) {
        this.failAtInvisible();
        if (this.bytes[this.at] === 0x7b && keys.size === 0)
          this.fail('a brace is doubled ("{{"), as in template escaping; use single braces');
        if (this.bytes[this.at] === 0x27)
          this.fail("a key is in single quotes, as Python prints it; write JSON (json.dumps)");
        this.fail("a key in double quotes is expected here");
      }
      const start = this.at;
      this.string();
      const key = this.keyText(start);
      if (keys.has(key) && !this.faults.duplicateKeys.includes(key)) this.faults.duplicateKeys.push(key);
      keys.add(key);
      this.space();
      if (this.bytes[this.at] !== 0x3a || this.at >= this.end) this.fail("a colon is missing after the key");
      this.at++;
      this.value();
    }
    this.depth--;
  }

  private array(): void {
    this.enter();
    for (let items = 0; !this.closes(0x5d, items > 0); items++) this.value();
    this.depth--;
  }

  private enter(): void {
    if (++this.depth > MAX_DEPTH) this.fail(`it is nested more than ${MAX_DEPTH} levels deep`);
    this.at++;
  }

  /** Consumes the bracket that closes, or else the comma before a further item. */
  private closes(bracket: number, hasItems: boolean): boolean {
    this.space();
    if (this.at >= this.end)
      this.fail("the line ends inside an object or array: a bracket is missing, or the row continues on the next line");
    if (this.bytes[this.at] === bracket) {
      this.at++;
      return true;
    }
    if (!hasItems) return false;
    if (this.bytes[this.at] !== 0x2c) {
      this.failAtInvisible();
      this.fail("a comma or a closing bracket is missing");
    }
    this.at++;
    this.space();
    if (this.bytes[this.at] === 0x7d || this.bytes[this.at] === 0x5d)
      this.fail("there is a comma before the closing bracket");
    return false;
  }

  private string(): void {
    const { bytes, end } = this;
    let high = false;
    this.at++;
    for (;;) {
      if (this.at >= end) this.fail("the line ends inside a string: a closing quote is missing");
      const byte = bytes[this.at]!;
      if (byte < 0x20) this.fail("a string contains an unescaped control character");
      let low = false;
      if (byte === 0x22) break;
      if (byte !== 0x5c) {
        this.at++;
      } else if (bytes[this.at + 1] === 0x75 && this.at + 1 < end) {
        const unit = this.escapedUnit();
        low = unit >= 0xdc00 && unit <= 0xdfff;
        if (low !== high) this.faults.loneSurrogate ||= low || high;
        high = unit >= 0xd800 && unit <= 0xdbff;
        continue;
      } else {
        if (this.at + 1 >= end || !'"\\/bfnrt'.includes(String.fromCharCode(bytes[this.at + 1]!)))
          this.fail("a backslash is followed by a character that can't be escaped");
        this.at += 2;
      }
      this.faults.loneSurrogate ||= high;
      high = false;
    }
    this.faults.loneSurrogate ||= high;
    this.at++;
  }

  private escapedUnit(): number {
    const digits = utf8.decode(this.bytes.subarray(this.at + 2, Math.min(this.at + 6, this.end)));
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail("\\u is not followed by four hexadecimal digits");
    this.at += 6;
    return parseInt(digits, 16);
  }

  private number(): void {
    const start = this.at;
    while (this.at < this.end && "+-.eE0123456789".includes(String.fromCharCode(this.bytes[this.at]!))) this.at++;
    const text = utf8.decode(this.bytes.subarray(start, this.at));
    if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) this.fail("a number is not in JSON's format", start);
  }

  private literal(): void {
    for (const word of ["true", "false", "null"]) {
      const text = utf8.decode(this.bytes.subarray(this.at, Math.min(this.at + word.length, this.end)));
      if (text === word) {
        this.at += word.length;
        return;
      }
    }
    this.failAtInvisible();
    this.fail("a value is expected here: text needs double quotes; only true, false and null go without");
  }

  /** Names what can't be seen in an editor: a byte order mark in the middle of a joined file, a space that JSON does not allow. */
  private failAtInvisible(): void {
    const [char = ""] = utf8.decode(this.bytes.subarray(this.at, Math.min(this.at + 4, this.end)));
    if (!/^[\p{Z}\p{Cc}\p{Cf}]$/u.test(char)) return;
    const point = char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    this.fail(`it contains the invisible character U+${point}; remove it`);
  }

  private space(): void {
    while (this.at < this.end && isSpace(this.bytes[this.at])) this.at++;
  }

  /** A key as text, so that `"a"` and `"\u0061"` are the same. */
  private keyText(start: number): string {
    const raw = utf8.decode(this.bytes.subarray(start, this.at));
    return raw.includes("\\") ? (JSON.parse(raw) as string) : raw.slice(1, -1);
  }

  private fail(reason: string, offset = this.at): never {
    throw new Fault(offset, reason);
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a;
}
