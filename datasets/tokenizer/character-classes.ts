import table from "./character-classes.json";

export const CODE_POINTS = 0x110000;
/** The letter of the class that the table has a number for: U is 1, and so on. */
const letters = "-ULBMNS";

/**
 * Fills `classes` with the class of every code point. The table is our own data and not the regular expressions of the running
 * Node, so that counts are tiktoken's whatever version of Unicode Node knows.
 */
export function fillCharacterClasses(classes: Uint8Array): void {
  let codePoint = 0;
  for (const [, letter, length] of table.runs.matchAll(/([-A-Z])([0-9a-z]*)/g)) {
    const next = codePoint + (length ? parseInt(length, 36) : 1);
    classes.fill(letters.indexOf(letter!), codePoint, next);
    codePoint = next;
  }
}
