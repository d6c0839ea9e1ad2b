import { MAY_HOLD_ADDRESS, MAY_HOLD_NUMBER } from "./kinds";
import { passesLuhn } from "./luhn";
import { type SecretForm, secretForms } from "./secret-forms";

/** Something in a text that should not be taught to a model. */
export interface Disclosure {
  code: "secret" | "personal-data";
  /** What it is, e.g. `an e-mail address`. */
  name: string;
  /** Its masked form, e.g. `jo...@..., 20 characters`. */
  masked: string;
}

const personalForms: SecretForm[] = [
  {
    name: "an e-mail address",
    kind: MAY_HOLD_ADDRESS,
    // From the @ on, which is rare: the part before it is taken in behind.
    pattern: /(?<=([A-Za-z0-9][A-Za-z0-9._%+-]{0,63}))@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/g,
    // RFC 2606 reserves these for examples; git@ starts the address of a repository.
    accepts: (match) =>
      !/^git@|@(?:[a-z0-9-]+\.)*(?:example\.(?:com|org|net)|example|test|invalid|localhost)$/i.test(match),
  },
  {
    name: "a card number",
    kind: MAY_HOLD_NUMBER,
    pattern: /(?<![\d.-])[3-6]\d{3}(?:[ -]?\d){9,15}(?![\d-])/g,
    accepts: (match) => passesLuhn(match) && !/^(\d)[ -]?(?:\1[ -]?)+$/.test(match),
  },
  {
    name: "a telephone number",
    kind: MAY_HOLD_NUMBER,
    // International with +, North American, Japanese.
    pattern:
      /(?<![\w+.-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){2,4}|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3}-\d{4}|0\d{1,4}-\d{1,4}-\d{4})(?![\w-]|\.\d)/g,
    accepts: (match) => digitsOf(match) >= 9 && digitsOf(match) <= 15 && !/(?:^|\D)555[ .-]?01\d\d$/.test(match),
  },
];

type Span = [start: number, end: number];

/**
 * Secrets and personal data in a text, each sort once.
 *
 * @param kinds - what kindsOfSecrets (kinds.ts) says of the text.
 */
export function findDisclosures(text: string, kinds: number): Disclosure[] {
  const found: Disclosure[] = [];
  const taken: Span[] = [];
  // What has a format of its own first: the same place is no second finding as an assigned value or an e-mail address.
  const inOrder = [
    ...secretForms.filter(({ generic }) => !generic).map((form) => ["secret", form] as const),
    ...secretForms.filter(({ generic }) => generic).map((form) => ["secret", form] as const),
    ...personalForms.map((form) => ["personal-data", form] as const),
  ];
  for (const [code, form] of inOrder) {
    if ((form.kind & kinds) === 0) continue;
    let isFirst = true;
    for (const { match, span } of matchesOf(form, text)) {
      if (taken.some((other) => span[0] < other[1] && other[0] < span[1])) continue;
      if (code === "secret") taken.push(span);
      if (isFirst) found.push({ code, name: form.name, masked: mask(match) });
      isFirst = false;
      // All places of a secret are needed, of personal data only one.
      if (code !== "secret" || taken.length > MAX_SPANS) break;
    }
  }
  return found;
}

/** Secrets in one text whose places are told apart. */
const MAX_SPANS = 1000;

function* matchesOf({ pattern, accepts }: SecretForm, text: string): Generator<{ match: string; span: Span }> {
  for (const found of text.matchAll(pattern)) {
    const [end, inner = ""] = found;
    const isAddress = end.startsWith("@");
    const match = isAddress ? inner + end : end;
    if (!accepts || accepts(match, isAddress ? match : inner))
      yield { match, span: [found.index - (isAddress ? inner.length : 0), found.index + end.length] };
  }
}

/** The first characters and the length: enough to find it in an editor, too little to use it. */
function mask(match: string): string {
  const at = match.indexOf("@");
  if (at > 0) return `${match.slice(0, 1)}...@..., ${match.length} characters`;
  return `${match.slice(0, /^\+?[\d(]/.test(match) ? 2 : 3)}..., ${match.length} characters`;
}

function digitsOf(text: string): number {
  return text.replace(/\D/g, "").length;
}
