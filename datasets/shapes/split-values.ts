/** A piece of a text that should be one JSON value. */
export interface Piece {
  text: string;
  /** Line on which it starts, counted from 1. */
  line: number;
}

/** Longer values are refused: a row that a job takes has no more than some tokens and images. */
export const MAX_PIECE = 256 << 20;

/** Splits text that comes in parts into lines, whatever ends them; a value of JSON holds no raw line break. */
export class LineSplitter {
  private rest = "";
  private line = 1;

  *add(part: string, last = false): Generator<Piece> {
    const text = this.rest + part;
    let start = 0;
    for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\n|\r/g)) {
      // A CR at the end of a part may be half of CR LF.
      if (!last && lineBreak === "\r" && index === text.length - 1) break;
      yield { text: text.slice(start, index), line: this.line++ };
      start = index + lineBreak.length;
    }
    this.rest = text.slice(start);
    if (this.rest.length > MAX_PIECE) throw new RangeError(`Line ${this.line} is longer than ${MAX_PIECE} characters.`);
    if (last && this.rest !== "") yield { text: this.rest, line: this.line };
  }
}

/**
 * Splits text that comes in parts into the objects, arrays and strings that it holds side by side, or, with `inArray`, into the items of the
 * one array around them. Commas and white space between them are skipped. A package for streaming JSON would hide keys
 * that an object holds twice and the lines of the rows, so this only finds where values end and leaves the reading to strict-json.ts.
 */
export class ValueSplitter {
  private text = "";
  private at = 0;
  private start = -1;
  private startLine = 1;
  private line = 1;
  private depth = 0;
  private inString = false;
  private opened = false;
  private closed = false;

  constructor(private readonly inArray: boolean) {}

  *add(part: string, last = false): Generator<Piece> {
    this.text += part;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]!;
      if (char === "\n") this.line++;
      if (this.inString) {
        if (char === "\\") {
          if (this.at + 1 >= this.text.length && !last) break;
          this.at++;
        } else if (char === '"') {
          this.inString = false;
          if (this.depth === 0) yield this.piece();
        }
      } else if (this.start < 0) {
        this.between(char);
      } else if (char === '"') {
        this.inString = true;
      } else if (char === "{" || char === "[") {
        this.depth++;
      } else if ((char === "}" || char === "]") && --this.depth === 0) {
        yield this.piece();
      }
      if (this.start < 0 && this.at > 1 << 16) this.forget();
      if (this.start >= 0 && this.at - this.start > MAX_PIECE)
        throw new RangeError(`The value that starts on line ${this.startLine} is longer than ${MAX_PIECE} characters.`);
    }
    if (!last) return;
    if (this.start >= 0) throw new SyntaxError(`The file ends inside the value that starts on line ${this.startLine}.`);
    if (this.inArray && !this.closed)
      throw new SyntaxError(`The array has no end: "]" is missing after line ${this.line}.`);
  }

  private between(char: string): void {
    if (/[\s,]/.test(char)) return;
    if (this.closed) throw new SyntaxError(`Line ${this.line}: there is more text after the end of the array.`);
    if (this.inArray && !this.opened && char === "[") {
      this.opened = true;
    } else if (this.inArray && char === "]") {
      this.closed = true;
    } else if (char === "{" || char === "[" || char === '"') {
      this.start = this.at;
      this.startLine = this.line;
      if (char === '"') this.inString = true;
      else this.depth = 1;
    } else {
      throw new SyntaxError(`Line ${this.line}: expected the start of an object. Correct the file, then convert it.`);
    }
  }

  private piece(): Piece {
    const piece = { text: this.text.slice(this.start, this.at + 1), line: this.startLine };
    this.start = -1;
    this.forget();
    return piece;
  }

  /** Drops what was read, so that memory is bounded by the longest value. */
  private forget(): void {
    this.text = this.text.slice(this.at + 1);
    this.at = -1;
  }
}
