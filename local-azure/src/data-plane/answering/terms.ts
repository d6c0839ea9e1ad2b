/** Terms of a text for comparison, with their counts: words of Latin-like scripts, pairs of characters of Chinese and Japanese. */
export function termsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (term: string): void => void counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const [run] of text
    .normalize("NFKC")
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}]+/gu)) {
    for (const part of run.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu,
    ) ?? []) {
      const characters = Array.from(part);
      if (!isUnspaced(characters[0]!) || characters.length === 1) add(part);
      else characters.slice(1).forEach((character, index) => add(characters[index]! + character));
    }
  }
  return counts;
}

function isUnspaced(character: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(character);
}
