/**
 * Abbreviations of nltk's model of English (punkt_tab) that ordinary text has, in lower case and without the full stop.
 * Not among them: etc, e.g, i.e, no, fig.
 */
const ABBREVIATIONS = new Set(
  (
    "mr mrs ms messrs dr prof ph.d m.b.a st sr jr gen col lt maj adm sen rep reps vs inc ltd corp co bros " +
    "jan feb aug sep sept oct nov dec tues wed fri a.m p.m u.s u.k u.n u.s.a u.s.s.r d.c n.y l.a ave ft"
  ).split(" "),
);

/** Words with which the model takes a sentence to begin even after an abbreviation, where they have a capital. */
const STARTERS = new Set(
  (
    "most he since so both these it nevertheless this indeed however instead under similarly some though while when in despite although " +
    "nonetheless thus there if the nor separately moreover but they yet many according among meanwhile even i"
  ).split(" "),
);

/**
 * The sentences of an ASCII text. nltk takes a trained model (Punkt) for it; this is a rule with the same result on
 * ordinary prose. A sentence ends after a full stop, and closing quotes or brackets, before white space; after an
 * abbreviation or an initial only before a word that begins sentences. (After `?` and `!` it doesn't matter: they are
 * words of their own everywhere.)
 */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const { 0: ending, index } of text.matchAll(/(?<!\.)\.["')\]}]*(?=[\s*])/g)) {
    const end = index + ending.length;
    const next = /[^\s"'([{]+/.exec(text.slice(end))?.[0] ?? "";
    const opens = /^[A-Z]/.test(next) && STARTERS.has(next.toLowerCase());
    if (isAbbreviated(text.slice(start, index)) && !opens) continue;
    sentences.push(text.slice(start, end).trim());
    start = end;
  }
  sentences.push(text.slice(start).trim());
  return sentences.filter((sentence) => sentence !== "");
}

function isAbbreviated(before: string): boolean {
  const word = /(?:^|\s)["'([{*`]*(\S*)$/.exec(before)![1]!.toLowerCase();
  return /^[a-z]$/.test(word) || ABBREVIATIONS.has(word);
}
