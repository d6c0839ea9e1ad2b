import { passesLuhn } from "./luhn";
import { MAY_HOLD_ADDRESS, MAY_HOLD_ASSIGNMENT, MAY_HOLD_KEY, MAY_HOLD_NUMBER } from "./kinds";

/** Something in a text that should not be taught to a model. */
export interface Disclosure {
  code: "secret" | "personal-data";
  /** What it is and its masked form, e.g. `an e-mail address (jo...@...)`. */
  what: string;
}

interface Pattern {
  code: Disclosure["code"];
  name: string;
  /** Kind of kinds.ts without which it can't match. */
  kind: number;
  pattern: RegExp;
  accepts?: (match: string) => boolean;
}

/**
 * Formats are those that the issuers document: OpenAI `sk-`, GitHub `ghp_` and kin, AWS `AKIA`, Google `AIza`, Slack `xox?-`, JSON Web
 * Tokens, PEM private keys, Azure connection strings and SAS signatures; besides, any long value assigned to a name like `api_key`.
 */
const patterns: Pattern[] = [
  { code: "secret", name: "a private key", kind: MAY_HOLD_KEY, pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g },
  { code: "secret", name: "an OpenAI key", kind: MAY_HOLD_KEY, pattern: /\bsk-(?:[A-Za-z]+-)?[A-Za-z0-9_-]{20,}/g },
  {
    code: "secret",
    name: "a GitHub token",
    kind: MAY_HOLD_KEY,
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})/g,
  },
  { code: "secret", name: "an AWS access key id", kind: MAY_HOLD_KEY, pattern: /\bAKIA[0-9A-Z]{16}\b/g },
  { code: "secret", name: "a Google API key", kind: MAY_HOLD_KEY, pattern: /\bAIza[0-9A-Za-z_-]{35}/g },
  { code: "secret", name: "a Slack token", kind: MAY_HOLD_KEY, pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  {
    code: "secret",
    name: "a JSON Web Token",
    kind: MAY_HOLD_KEY,
    pattern: /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g,
  },
  {
    code: "secret",
    name: "an Azure storage or service key",
    kind: MAY_HOLD_ASSIGNMENT,
    pattern: /\b(?:Account|SharedAccess)Key=[A-Za-z0-9+/]{40,}={0,2}/g,
  },
  {
    code: "secret",
    name: "a shared access signature",
    kind: MAY_HOLD_ASSIGNMENT,
    pattern: /[?&]sig=[A-Za-z0-9%+/]{30,}/g,
  },
  {
    code: "secret",
    name: "a secret value",
    kind: MAY_HOLD_ASSIGNMENT,
    pattern:
      /(?:api[-_ ]?key|subscription[-_ ]?key|access[-_ ]?key|secret|token|passw(?:or)?d|pwd)["']?\s{0,2}[:=]\s{0,2}["']?(?=[A-Za-z0-9+/_-]{0,200}\d)[A-Za-z0-9+/_-]{20,200}/gi,
  },
  {
    code: "personal-data",
    name: "an e-mail address",
    kind: MAY_HOLD_ADDRESS,
    // From the @ on, which is rare: the part before it is taken in behind.
    pattern: /(?<=([A-Za-z0-9][A-Za-z0-9._%+-]{0,63}))@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/g,
    // RFC 2606 reserves these for examples.
    accepts: (match) => !/@(?:[a-z0-9-]+\.)*(?:example\.(?:com|org|net)|example|test|invalid|localhost)$/i.test(match),
  },
  {
    code: "personal-data",
    name: "a card number",
    kind: MAY_HOLD_NUMBER,
    pattern: /(?<![\d.-])[3-6]\d{3}(?:[ -]?\d){9,15}(?![\d-])/g,
    accepts: (match) => passesLuhn(match) && !/^(\d)[ -]?(?:\1[ -]?)+$/.test(match),
  },
  {
    code: "personal-data",
    name: "a telephone number",
    kind: MAY_HOLD_NUMBER,
    // International with +, North American, Japanese.
    pattern:
      /(?<![\w+.-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){2,4}|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3}-\d{4}|0\d{1,4}-\d{1,4}-\d{4})(?![\w-]|\.\d)/g,
    accepts: (match) => digitsOf(match) >= 9 && digitsOf(match) <= 15 && !/(?:^|\D)555[ .-]?01\d\d$/.test(match),
  },
];

/**
 * Secrets and personal data in a text, each sort once.
 *
 * @param kinds - what kindsOfSecrets (kinds.ts) says of the text.
 */
export function findDisclosures(text: string, kinds: number): Disclosure[] {
  const found: Disclosure[] = [];
  for (const { code, name, kind, pattern, accepts } of patterns) {
    if ((kind & kinds) === 0) continue;
    for (const [end, before = ""] of text.matchAll(pattern)) {
      const match = before + end;
      if (accepts && !accepts(match)) continue;
      found.push({ code, what: `${name} (${mask(match)})` });
      break;
    }
  }
  // A value with a format of its own is no second finding as an assigned value.
  const specific = found.some(({ code, what }) => code === "secret" && !what.startsWith("a secret value"));
  return specific ? found.filter(({ what }) => !what.startsWith("a secret value")) : found;
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
