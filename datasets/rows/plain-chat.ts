/** Roles of a plain chat row, by number. */
export const plainRoles = ["system", "developer", "user", "assistant"] as const;
const USER = 2;
const ASSISTANT = 3;

/** Rows with more messages are read in full. */
const MAX_MESSAGES = 256;
const KEY_ROLE = 1;
const KEY_CONTENT = 2;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Recognises the rows that nearly every file is made of, over bytes and without an object: `{"messages": [{"role": ..., "content":
 * ...}, ...]}` whose roles are system or developer (first only), user and assistant, with an assistant's text at the end and none of
 * them empty. Whatever else a row holds (other keys, names, weights, tools, faults of any kind), `read` says no, and the row is
 * parsed and checked in full.
 */
export class PlainChat {
  count = 0;
  readonly roles = new Uint8Array(MAX_MESSAGES);
  /** The inside of the content's string. */
  readonly starts = new Uint32Array(MAX_MESSAGES);
  readonly ends = new Uint32Array(MAX_MESSAGES);
  /** 1 when the content has escapes. */
  readonly escaped = new Uint8Array(MAX_MESSAGES);
  private at = 0;
  private stringHasEscapes = 0;

  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.at = start;
    this.count = 0;
    if (!this.take(bytes, end, 0x7b) || !this.takeWord(bytes, end, MESSAGES)) return false;
    if (!this.take(bytes, end, 0x3a) || !this.take(bytes, end, 0x5b)) return false;
    do {
      if (this.count === MAX_MESSAGES || !this.message(bytes, end)) return false;
    } while (this.take(bytes, end, 0x2c));
    if (!this.take(bytes, end, 0x5d) || !this.take(bytes, end, 0x7d)) return false;
    this.space(bytes, end);
    return this.at === end && this.roles[this.count - 1] === ASSISTANT;
  }

  private message(bytes: Uint8Array, end: number): boolean {
    if (!this.take(bytes, end, 0x7b)) return false;
    let keys = 0;
    do {
      const key = this.takeWord(bytes, end, ROLE) ? KEY_ROLE : this.takeWord(bytes, end, CONTENT) ? KEY_CONTENT : 0;
      if (key === 0 || (keys & key) !== 0 || !this.take(bytes, end, 0x3a)) return false;
      keys |= key;
      if (key === KEY_ROLE ? !this.role(bytes, end) : !this.content(bytes, end)) return false;
    } while (this.take(bytes, end, 0x2c));
    if (keys !== (KEY_ROLE | KEY_CONTENT) || !this.take(bytes, end, 0x7d)) return false;
    // An assistant's text that is empty, or might be nothing but space, is for the full check.
    const { count } = this;
    const first = bytes[this.starts[count]!]!;
    const unclear = this.starts[count] === this.ends[count] || first <= 0x20 || first === BACKSLASH || first >= 0x80;
    if (unclear && this.roles[count] === ASSISTANT && !this.hasInk(bytes, this.starts[count]!, this.ends[count]!))
      return false;
    this.count++;
    return true;
  }

  private role(bytes: Uint8Array, end: number): boolean {
    this.space(bytes, end);
    for (let role = 0; role < ROLES.length; role++) {
      if (!this.takeWord(bytes, end, ROLES[role]!)) continue;
      this.roles[this.count] = role;
      return role >= USER || this.count === 0;
    }
    return false;
  }

  private content(bytes: Uint8Array, end: number): boolean {
    this.space(bytes, end);
    if (bytes[this.at] !== QUOTE || this.at >= end) return false;
    const start = this.at + 1;
    if (!this.string(bytes, end)) return false;
    this.starts[this.count] = start;
    this.ends[this.count] = this.at - 1;
    this.escaped[this.count] = this.stringHasEscapes;
    return true;
  }

  /** Passes a string; control characters in it are not JSON. Escapes are checked when they are undone. */
  private string(bytes: Uint8Array, end: number): boolean {
    let at = this.at + 1;
    let escapes = 0;
    while (at < end) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.at = at + 1;
        this.stringHasEscapes = escapes;
        return true;
      }
      if (byte < 0x20) return false;
      if (byte === BACKSLASH) {
        escapes = 1;
        at++;
      }
      at++;
    }
    return false;
  }

  /** Whether some character is surely visible; a wrong `no` only costs the time of the full check. */
  private hasInk(bytes: Uint8Array, start: number, end: number): boolean {
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === BACKSLASH) {
        // Among escapes those from U+3001 to U+EFFF; the spaces of Unicode lie below and above.
        const isUnicode = bytes[at + 1] === 0x75;
        if (isUnicode && isInkEscape(bytes, at + 2)) return true;
        at += isUnicode ? 5 : 1;
      } else if (byte > 0x20 && byte < 0x7f) {
        return true;
      } else if (byte >= 0xe3 && byte !== 0xef && !(byte === 0xe3 && bytes[at + 1] === 0x80)) {
        return true;
      }
    }
    return false;
  }

  private take(bytes: Uint8Array, end: number, byte: number): boolean {
    this.space(bytes, end);
    if (this.at >= end || bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }

  private takeWord(bytes: Uint8Array, end: number, word: Uint8Array): boolean {
    this.space(bytes, end);
    if (this.at + word.length > end) return false;
    for (let i = 0; i < word.length; i++) if (bytes[this.at + i] !== word[i]) return false;
    this.at += word.length;
    return true;
  }

  private space(bytes: Uint8Array, end: number): void {
    while (this.at < end && bytes[this.at]! <= 0x20) {
      const byte = bytes[this.at]!;
      if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return;
      this.at++;
    }
  }
}

/** Whether the four hexadecimal digits at `at` are those of U+3001 to U+EFFF. */
function isInkEscape(bytes: Uint8Array, at: number): boolean {
  const digits = parseInt(String.fromCharCode(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!), 16);
  return digits > 0x3000 && digits < 0xf000;
}

const quoted = (word: string) => Uint8Array.from(Buffer.from(JSON.stringify(word)));
const MESSAGES = quoted("messages");
const ROLE = quoted("role");
const CONTENT = quoted("content");
const ROLES = plainRoles.map(quoted);
