import { invalidTemplate } from "../errors";

/** A template language expression: what stands between `[` and `]` of a value. */
export type Expression =
  | { kind: "literal"; value: string | number }
  | { kind: "call"; name: string; args: Expression[] }
  /** `of.name`, `of[at]`; `safe`: null where there is none (`.?name`, `[?at]`). */
  | { kind: "member"; of: Expression; at: Expression; safe: boolean };

/** Documented limit. */
const LONGEST = 24_576;
/** Of this service: reading and evaluating is recursive. */
const DEEPEST = 200;
const TOKEN = /\s*(?:'((?:[^']|'')*)'|(-?\d+)|([A-Za-z_][\w]*)|(\.\?|\[\?|[()[\],.]))/y;

type Token =
  | { kind: "text"; value: string }
  | { kind: "number"; value: number }
  | { kind: "name" | "sign"; value: string }
  | { kind: "end"; value: "" };

/**
 * The expression that a text is, `undefined` when it is plain text: an expression begins with one `[` and ends with `]`.
 * @throws AzureError InvalidTemplate
 */
export function parseExpression(text: string): Expression | undefined {
  if (!text.startsWith("[") || !text.endsWith("]") || text.startsWith("[[")) return undefined;
  if (text.length > LONGEST)
    throw invalidTemplate(`The template expression is longer than ${LONGEST.toLocaleString("en-US")} characters.`);
  const parser = new Parser(text, text.slice(1, -1));
  const expression = parser.expression();
  parser.take("end");
  return expression;
}

/** Plain text as it is meant: `[[` at the start of what also ends with `]` stands for one bracket. */
export function plainText(text: string): string {
  return text.startsWith("[[") && text.endsWith("]") ? text.slice(1) : text;
}

class Parser {
  private at = 0;
  private depth = 0;
  private next: Token;

  constructor(
    private readonly whole: string,
    private readonly source: string,
  ) {
    this.next = this.read();
  }

  expression(): Expression {
    this.depth += 1;
    if (this.depth > DEEPEST)
      throw invalidTemplate(`A template expression has more than ${DEEPEST} calls in each other`);
    const expression = this.postfix();
    this.depth -= 1;
    return expression;
  }

  private postfix(): Expression {
    let left = this.primary();
    for (;;) {
      const sign = this.next.kind === "sign" ? this.next.value : "";
      if (sign === "." || sign === ".?") {
        this.advance();
        const name = this.take("name");
        left = { kind: "member", of: left, at: { kind: "literal", value: name }, safe: sign === ".?" };
      } else if (sign === "[" || sign === "[?") {
        this.advance();
        const at = this.expression();
        this.take("sign", "]");
        left = { kind: "member", of: left, at, safe: sign === "[?" };
      } else {
        return left;
      }
    }
  }

  /** The token's text. @throws AzureError InvalidTemplate when another one comes */
  take(kind: Token["kind"], value?: string): string {
    const token = this.next;
    if (token.kind !== kind || (value !== undefined && token.value !== value)) throw this.unexpected();
    this.advance();
    return String(token.value);
  }

  private primary(): Expression {
    const token = this.next;
    if (token.kind === "text" || token.kind === "number") {
      this.advance();
      return { kind: "literal", value: token.value };
    }
    let name = this.take("name");
    // Functions of the template itself: namespace and name.
    while (this.next.kind === "sign" && this.next.value === ".") {
      this.advance();
      name += `.${this.take("name")}`;
    }
    this.take("sign", "(");
    const args: Expression[] = [];
    while (!(this.next.kind === "sign" && this.next.value === ")")) {
      if (args.length > 0) this.take("sign", ",");
      args.push(this.expression());
    }
    this.take("sign", ")");
    return { kind: "call", name, args };
  }

  private advance(): void {
    if (this.next.kind !== "end") this.next = this.read();
  }

  private read(): Token {
    TOKEN.lastIndex = this.at;
    const found = TOKEN.exec(this.source);
    if (!found) {
      if (this.source.slice(this.at).trim() === "") return { kind: "end", value: "" };
      throw this.unexpected(this.source.slice(this.at).trim()[0]);
    }
    this.at = TOKEN.lastIndex;
    const [, text, number, name, sign] = found;
    if (text !== undefined) return { kind: "text", value: text.replaceAll("''", "'") };
    if (number !== undefined) return { kind: "number", value: Number(number) };
    return name !== undefined ? { kind: "name", value: name } : { kind: "sign", value: sign ?? "" };
  }

  /** Azure's words for a broken expression; the position it gives is left out. */
  private unexpected(what: string | number = this.next.kind === "end" ? "EndOfData" : this.next.value) {
    return invalidTemplate(
      `The language expression '${this.whole.slice(1, -1)}' is not valid: the token '${what}' is not expected here. ` +
        "Please see https://aka.ms/arm-functions for usage details.",
    );
  }
}
