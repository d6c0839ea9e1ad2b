import { looseForms, secretForms } from "../../datasets/privacy/secret-forms";

/** The names under which messages show values; shorter values than in a dataset count too. */
const named =
  /\b(?:sig|client_secret|password|pwd|token|secret|api[-_]?key)\s*[=:]\s*"?[^\s"&;,}]{6,}|\bBearer\s+[\w.~+/-]{12,}=*/gi;
const wholeKey =
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)/g;

/**
 * Forms in which credentials appear: the last line of defence for foreign text (error messages, warnings). What is shown of
 * resources is chosen property by property and does not depend on it. Placeholders are hidden too, which does no harm.
 */
const forms: readonly RegExp[] = [
  wholeKey,
  ...secretForms.map(({ pattern }) => pattern),
  named,
  ...Object.values(looseForms),
];

/** Text with everything that looks like a credential replaced by `[hidden]`. */
export function withoutSecrets(text: string): string {
  return forms.reduce((shown, form) => shown.replace(form, "[hidden]"), text);
}
