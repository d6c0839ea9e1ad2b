import { MAY_HOLD_ASSIGNMENT, MAY_HOLD_KEY, MAY_HOLD_NUMBER } from "./kinds";
import { isPlaceholder, isPlaceholderPassword, isWords } from "./placeholders";

/** A form in which secrets appear. The one table for datasets, the policy on settings, and what the preview's summary hides. */
export interface SecretForm {
  /** E.g. `an AWS access key id`. */
  name: string;
  /** Kind of kinds.ts without which it can't match; a new form needs its mark in kernel/assembly/secrets.ts too. */
  kind: number;
  /** With the flag g. Linear in the text's length. */
  pattern: RegExp;
  /** Whether a match is one; the first group, where the pattern has one, is the secret itself. */
  accepts?: (match: string, secret: string) => boolean;
  /** Recognized by a name or a word before it, not by its own format: yields to any other form at the same place. */
  generic?: boolean;
}

const real = (match: string) => !isPlaceholder(match);
const random = (match: string) => !isPlaceholder(match) && !isWords(match);
/** Base64 of random bytes has all of them, but for one in a million. */
const mixed = (match: string) => /\d/.test(match) && /[a-z]/.test(match) && /[A-Z]/.test(match) && real(match);

function key(name: string, pattern: RegExp, accepts: SecretForm["accepts"] = real): SecretForm {
  return { name, kind: MAY_HOLD_KEY, pattern, accepts };
}

/**
 * Formats are those that the issuers document: each by the prefix or the length that its issuer gives to its keys, so that hashes and
 * UUIDs are none. Azure: storage keys are 64 bytes in base64, keys of AI accounts 84 letters and digits since 2024, secrets of Entra
 * applications have `Q~` after four characters.
 */
export const secretForms: SecretForm[] = [
  {
    name: "a private key",
    kind: MAY_HOLD_KEY,
    pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g,
  },
  key("an age secret key", /\bAGE-SECRET-KEY-1[A-Z0-9]{40,}/g),
  key("a Microsoft Entra client secret", /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,37}/g),
  key("an Azure AI key", /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9]{84}(?![A-Za-z0-9+/=_-])/g, mixed),
  // 64 bytes, which a SHA-512 in package-lock.json has too.
  key("an Azure storage key", /(?<![A-Za-z0-9+/]|sha512-)[A-Za-z0-9+/]{86}==/g, mixed),
  key("an Anthropic key", /\bsk-ant-[A-Za-z0-9_-]{20,}/g, random),
  key("an OpenAI key", /(?<![\w-])sk-(?!ant-)(?:[A-Za-z]+-)?[A-Za-z0-9_-]{20,}/g, random),
  key("a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})/g),
  key("a GitLab token", /\bgl(?:pat|dt|rt|ft|ptt|cbt|imt|soat|agent)-[A-Za-z0-9_.-]{20,}/g, random),
  key("an AWS access key id", /(?<![A-Za-z0-9+/])A(?:KIA|SIA)[0-9A-Z]{16}(?![A-Za-z0-9+/])/g),
  key("a Google API key", /\bAIza[0-9A-Za-z_-]{35}/g),
  key("a Google OAuth secret", /\b(?:GOCSPX-[A-Za-z0-9_-]{28}|ya29\.[A-Za-z0-9_-]{20,})/g),
  key("a Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bxapp-\d-[A-Za-z0-9-]{20,}/g),
  key("a Slack webhook", /\bhttps:\/\/hooks\.slack\.com\/services\/T\w{6,12}\/B\w{6,12}\/\w{20,}/g),
  key("a Stripe key", /\b(?:(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/]{24,})/g),
  key("a Hugging Face token", /\bhf_[A-Za-z0-9]{30,}/g),
  key("an npm token", /\bnpm_[A-Za-z0-9]{36}/g),
  key("a PyPI token", /\bpypi-AgEI[A-Za-z0-9_-]{40,}/g),
  key("a Pulumi token", /\bpul-[0-9a-f]{40}\b/g),
  key("a SendGrid key", /\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}/g),
  key("a Twilio key", /\bSK[0-9a-f]{32}\b/g),
  key("a Mailgun key", /(?<![\w-])key-[0-9a-f]{32}\b/g),
  key("a DigitalOcean token", /\bdo[opr]_v1_[0-9a-f]{64}\b/g),
  key("a Shopify token", /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/g),
  key("a Telegram bot token", /(?<!\d)\d{8,10}:AA[A-Za-z0-9_-]{32,34}(?![\w-])/g),
  key("a Groq key", /\bgsk_[A-Za-z0-9]{40,}/g),
  key("a Replicate token", /\br8_[A-Za-z0-9]{30,}/g),
  key("an NVIDIA key", /\bnvapi-[A-Za-z0-9_-]{40,}/g),
  key("an xAI key", /\bxai-[A-Za-z0-9]{40,}/g),
  key("a Perplexity key", /\bpplx-[A-Za-z0-9]{40,}/g),
  key("a Linear key", /\blin_api_[A-Za-z0-9]{30,}/g),
  key("an Atlassian token", /\bATATT3xFfGF0[A-Za-z0-9_=-]{40,}/g),
  {
    name: "a Discord webhook",
    kind: MAY_HOLD_NUMBER,
    pattern: /\bhttps:\/\/discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{50,}/g,
  },
  key("a JSON Web Token", /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g),
  {
    name: "an Azure storage or service key",
    kind: MAY_HOLD_ASSIGNMENT,
    pattern: /\b(?:Account|SharedAccess)Key=([A-Za-z0-9+/]{40,}={0,2})/g,
    accepts: (_, secret) => real(secret),
  },
  {
    name: "a shared access signature",
    kind: MAY_HOLD_ASSIGNMENT,
    pattern: /[?&;]sig=([A-Za-z0-9%+/]{30,})/g,
    accepts: (_, secret) => real(secret),
  },
  {
    name: "a connection string with a password",
    kind: MAY_HOLD_ASSIGNMENT,
    pattern:
      /\b(?:Server|Data Source|Host|Address|User ID|Uid|Username)\s?=[^\n"'=]{1,120};(?:[^\n"'=;]{1,40}=[^\n"'=;]{0,120};){0,8}\s?(?:Password|Pwd)\s?=\s?([^;\s"']{4,128})/gi,
    accepts: (_, secret) => !isPlaceholderPassword(secret),
  },
  {
    name: "an address with a password",
    kind: MAY_HOLD_KEY,
    pattern: /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,24}:\/\/[^\s:@/"'<>`]{0,64}:([^\s@/"'<>`]{3,128})@[\w[]/gi,
    accepts: (_, secret) => !isPlaceholderPassword(secret),
  },
  {
    name: "a bearer token",
    kind: MAY_HOLD_KEY,
    pattern: /\bBearer\s{1,2}([A-Za-z0-9._~+/-]{20,}={0,2})/gi,
    accepts: (_, secret) => random(secret) && /\d/.test(secret),
    generic: true,
  },
  {
    name: "a basic authorization",
    kind: MAY_HOLD_KEY,
    pattern: /\bBasic\s{1,2}([A-Za-z0-9+/]{12,}={0,2})(?![A-Za-z0-9+/=])/g,
    // User and password in base64 (RFC 7617).
    accepts: (_, secret) => {
      const [, password] =
        /^[\x20-\x7e]*?:([\x20-\x7e]+)$/.exec(Buffer.from(secret, "base64").toString("latin1")) ?? [];
      return password !== undefined && !isPlaceholderPassword(password);
    },
    generic: true,
  },
  {
    name: "a secret value",
    kind: MAY_HOLD_ASSIGNMENT,
    pattern:
      /(?:(?:api|subscription|access|account|storage|service|azure|openai|auth|signing|encryption)[-_ ]?key|secret|(?<!page[-_ ]?)token|passw(?:or)?d|pwd)["'\\]{0,3}\s{0,2}[:=]>?\s{0,2}["'\\]{0,3}(?=[A-Za-z0-9+/_-]{0,200}\d)([A-Za-z0-9+/_-]{20,200})/gi,
    accepts: (_, secret) => random(secret) && /[A-Za-z]/.test(secret),
    generic: true,
  },
];

/**
 * Forms that are secrets only where hashes and prose are not expected: in settings and in messages of services, whose readers lose
 * nothing by what is hidden.
 */
export const looseForms = {
  /** Keys of Azure AI accounts made before 2024: 32 hexadecimal digits, as an MD5 has. */
  oldAccountKey: /(?<![\w-])[0-9a-f]{32}(?![\w-])/gi,
  newAccountKey: /(?<![\w/+-])[A-Za-z0-9]{84}(?![\w/+-])/g,
  accountKey: /\b(?:AccountKey|SharedAccessKey)\s*=\s*"?[^\s"&;,}]+/gi,
  prefixed: /(?<![\w-])(?:sk|rk|ghp|gho|ghs|ghr|pul|xox[abp])[-_][\w-]{12,}/g,
  webToken: /\beyJ[\w-]{8,}\.[\w-]+\.?[\w-]*/g,
} as const;
