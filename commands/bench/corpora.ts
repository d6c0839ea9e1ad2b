import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { sentences } from "./sentences";
import { Random } from "./random";

/** Text of about this many characters. */
export type TextSource = (random: Random, length: number) => string;

/** Natural text: sentences of fourteen languages, documentation and code, in ever new combinations. */
export async function naturalText(): Promise<TextSource> {
  const groups = await sentences();
  return (random, length) => {
    const group = random.pick(groups);
    const parts: string[] = [];
    for (let size = 0; size < length;) {
      const part = random.pick(group);
      parts.push(part);
      size += part.length + 1;
    }
    return parts.join(random.next() < 0.3 ? "\n" : " ");
  };
}

/** Words of scripts with long runs without spaces, or with many bytes per word: Chinese, Japanese, Korean, Cyrillic. */
const scripts = [
  /\p{Script=Han}+/gu,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu,
  /\p{Script=Hangul}+/gu,
  /\p{Script=Cyrillic}+/gu,
];
const emoji = [..."😀😂🥲😍🙏👍🎉🚀🔥✨💡📈🧪🐛✅❌🌍☕🎵🏆"];

/**
 * Long runs of one script, 10 to 80 characters without a space, made of real words of that script in ever new combinations, and runs of
 * emoji: no cache of pieces helps, and with escapes each run is one row of them. Characters in random order would measure what nobody writes.
 */
export async function longRuns(): Promise<TextSource> {
  const lines = (await sentences()).flat();
  const wordsOf = (script: RegExp) => lines.flatMap((line) => line.match(script) ?? []);
  const groups = [...scripts.map(wordsOf), emoji];
  return (random, length) => {
    const runs: string[] = [];
    for (let size = 0; size < length;) {
      const group = random.pick(groups);
      const runLength = random.integer(10, 80);
      let run = "";
      while (run.length < runLength) run += random.pick(group);
      runs.push(run);
      size += run.length + 1;
    }
    return runs.join(" ");
  };
}

/** Mostly unseen pieces: random identifiers, so that no cache of pieces helps. */
export function unseenPieces(): TextSource {
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  return (random, length) => {
    const words: string[] = [];
    for (let size = 0; size < length;) {
      let word = "";
      for (let i = random.integer(4, 16); i > 0; i--) word += letters[random.integer(0, letters.length)];
      words.push(word);
      size += word.length + 1;
    }
    return words.join(" ");
  };
}

const systemMessages = [
  "You are a helpful assistant.",
  "Answer briefly and give the source.",
  "あなたは親切な助手です。",
];

/**
 * Writes a file of chat examples of one to three turns, until it has `bytes` bytes.
 *
 * @param escaped - share of the examples that escape what is not ASCII (`\u00e9`), as Python's json does by default.
 */
export async function writeCorpus(
  path: string,
  bytes: number,
  text: TextSource,
  seed: number,
  escaped = 0.5,
): Promise<void> {
  const random = new Random(seed);
  // On disk before it is read, so that no writing runs in parallel.
  const out = createWriteStream(path, { flush: true });
  const system = random.pick(systemMessages);
  for (let written = 0; written < bytes;) {
    const messages = [{ role: "system", content: system }];
    for (let turns = random.integer(1, 4); turns > 0; turns--) {
      messages.push({ role: "user", content: text(random, random.integer(20, 200)) });
      messages.push({ role: "assistant", content: text(random, random.integer(100, 1000)) });
    }
    const row = JSON.stringify({ messages });
    const line = `${random.next() < escaped ? ascii(row) : row}\n`;
    written += Buffer.byteLength(line);
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

function ascii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
