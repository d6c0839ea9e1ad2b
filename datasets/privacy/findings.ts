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
    // From the @ on, which is rare: the part before it is added afterwards.
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
  for (const { code, form } of formsOf(kinds)) {
    const { pattern, accepts } = form;
    let isFirst = true;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const [end, inner = ""] = match;
      // An e-mail address begins before its match: see its pattern.
      const before = end.startsWith("@") ? inner : "";
      const whole = before + end;
      if (accepts && !accepts(whole, inner)) continue;
      const span: Span = [match.index - before.length, match.index + end.length];
      if (taken.some((other) => span[0] < other[1] && other[0] < span[1])) continue;
      if (isFirst) found.push({ code, name: form.name, masked: mask(whole) });
      isFirst = false;
      // All places of a secret are needed, of personal data only one.
      if (code !== "secret" || taken.push(span) > MAX_SPANS) break;
    }
  }
  return found;
}

/** Secrets in one text whose places are recorded. */
const MAX_SPANS = 1000;

interface SearchedForm {
  code: Disclosure["code"];
  form: SecretForm;
}

/** What has a format of its own first: the same place is no second finding as an assigned value or an e-mail address. */
const inOrder: SearchedForm[] = [
  ...secretForms.filter(({ generic }) => !generic).map((form) => ({ code: "secret" as const, form })),
  ...secretForms.filter(({ generic }) => generic).map((form) => ({ code: "secret" as const, form })),
  ...personalForms.map((form) => ({ code: "personal-data" as const, form })),
];
const byKinds = new Map<number, SearchedForm[]>();

function formsOf(kinds: number): SearchedForm[] {
  const known = byKinds.get(kinds);
  if (known) return known;
  const forms = inOrder.filter(({ form }) => (form.kind & kinds) !== 0);
  byKinds.set(kinds, forms);
  return forms;
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
