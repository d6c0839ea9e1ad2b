/** Words that people put where a key belongs, and keys that are drawn with one character. */
const placeholder =
  /(?:^|[-_./ ])(?:your|example|placeholder|redacted|change-?me|dummy|insert|replace|fake|todo)|x{4,}|([A-Za-z0-9*.])\1{6,}|\*{3,}|\.{3,}/i;
const placeholderPassword =
  /^(?:pass(?:word|wd)?|pwd?|secret|your\W?.*|my\W?(?:pass|pwd|secret).*|x+|\*+|\.+|change-?me|example|placeholder|redacted|[$%{[<(].*)$/i;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const words =
  /^(?:[a-z]{1,15}|[A-Z]{1,15})?(?:[A-Z][a-z]{1,14}|(?<!\d)\d{1,4}(?!\d)(?:[a-z](?![A-Za-z\d]))?|[-_/+.~]+(?:[a-z]{1,15}|[A-Z]{1,15})?)*$/;

/** Whether a text in a secret's form is a placeholder for one, as `sk-xxxxxxxx` or `ghp_your_token_here` do. */
export function isPlaceholder(text: string): boolean {
  return placeholder.test(text);
}

/** Whether a password in an address or a connection string is a placeholder: `password`, `${PASSWORD}`, `<secret>`. */
export function isPlaceholderPassword(text: string): boolean {
  return placeholderPassword.test(text);
}

/** Whether it is a name, a path or a UUID: words and short numbers with separators, or in camel case. */
export function isWords(text: string): boolean {
  return words.test(text) || uuid.test(text);
}
