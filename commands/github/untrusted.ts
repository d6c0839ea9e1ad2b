import { UserError } from "../../stack/command";

/** Leaves room for the lines that we add before it: GitHub takes comments up to 65,536 characters. */
const MAX_CHARACTERS = 62_000;

/** Control characters but line feed and tab, marks that turn the direction of text, and other invisible ones. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;

/**
 * Text written by somebody else's code, as Markdown that only displays: tables, lists, headings and bold stay; no HTML (but the
 * line break of our own lists), no link or image, no address that GitHub turns into a link, no mention of people, teams, issues or pull
 * requests, no footnote. The backslash and the entities that could bring any of it back are shown as they are.
 *
 * @throws UserError when it is not UTF-8.
 */
export function harmless(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError("The summary of the pull request is not UTF-8 text. No comment was written.");
  }
  const shown = text
    .replaceAll("\r\n", "\n")
    .replaceAll(invisible, (character) => (/[\n\t]/.test(character) ? character : ""))
    .replaceAll("&lt;", "<")
    .replaceAll("&", "&amp;")
    .replaceAll(/<(?!br>)/g, "&lt;")
    // A zero-width space ends what GitHub would take for a link or a mention; in code it is not seen either.
    .replaceAll(/[[\]!](?=[[(:^])/g, "$&\u200b")
    .replaceAll(/[@#]/g, "$&\u200b")
    .replaceAll(/:(?=\/\/)/g, ":\u200b")
    .replaceAll(/www(?=\.)/gi, "$&\u200b")
    .replaceAll(/(mailto|xmpp|gh-)(?=[:\d])/gi, "$1\u200b");
  return headings(shown).slice(0, MAX_CHARACTERS);
}

/** A heading's marks at the start of a line stay: no mention starts with `# `. */
function headings(text: string): string {
  return text.replaceAll(/^((?:#\u200b){1,6})(?= )/gm, (marks) => marks.replaceAll("\u200b", ""));
}
