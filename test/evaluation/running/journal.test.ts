import { readFileSync, truncateSync, utimesSync, writeFileSync, existsSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { Journal } from "../../../evaluation/running/journal";
import { temporaryFolder } from "../../support/temporary-folder";

const folder = temporaryFolder("journal");
const answer = (text: string) => ({ text, model: "m" });
const never = () => Promise.reject(new Error("asked again"));

it("continues after a death at any byte: what was written whole is kept, the rest is asked again", async () => {
  let runs = 0;
  const run = fc.asyncProperty(
    fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 8 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    async (texts, share) => {
      const model = `model-${runs++}`;
      const first = Journal.open(folder, model);
      for (const [index, text] of texts.entries()) await first.once(String(index), () => Promise.resolve(answer(text)));
      first.close();
      const bytes = readFileSync(first.file);
      const cut = Math.floor(share * bytes.length);
      truncateSync(first.file, cut);
      const whole = bytes.subarray(0, cut).toString("latin1").split("\n").length - 1;

      const second = Journal.open(folder, model);
      let asked = 0;
      for (const [index, text] of texts.entries()) {
        const kept = await second.once(String(index), () => {
          asked++;
          return Promise.resolve(answer(text));
        });
        expect(kept).toEqual(answer(text));
      }
      second.close();
      // Cut right before the line's end, the last one is whole as well.
      expect([texts.length - whole, texts.length - whole - 1]).toContain(asked);

      const third = Journal.open(folder, model);
      for (const [index, text] of texts.entries()) expect(await third.once(String(index), never)).toEqual(answer(text));
      third.close();
    },
  );
  await fc.assert(run, { numRuns: 60 });
});

it("asks once for two who ask at the same time, and again after a failure", async () => {
  const journal = Journal.open(folder, "same");
  let asked = 0;
  const ask = () => Promise.resolve(answer(String(++asked)));
  expect(await Promise.all([journal.once("a", ask), journal.once("a", ask)])).toEqual([answer("1"), answer("1")]);
  await expect(journal.once("b", never)).rejects.toThrow("asked again");
  expect(await journal.once("b", ask)).toEqual(answer("2"));
  journal.close();
});

it("is one process's at a time; a dead one's lock is taken over", () => {
  const journal = Journal.open(folder, "locked");
  expect(() => Journal.open(folder, "locked")).toThrow(
    `Another evaluation is using locked (process ${process.pid}). Wait until it finishes, so that you are not billed twice for the same answers. ` +
      `If process ${process.pid} is not an evaluation, delete ${journal.file}.lock.`,
  );
  journal.close();
  const lock = `${journal.file}.lock`;
  expect(existsSync(lock)).toBe(false);
  for (const left of ["", "4194304999", "x"]) {
    writeFileSync(lock, left);
    Journal.open(folder, "locked").close();
  }
});

it("deletes files that nobody has added to for 90 days", () => {
  const old = Journal.open(folder, "old");
  old.close();
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  const lock = `${old.file}.lock.0a`;
  writeFileSync(lock, "");
  for (const file of [old.file, lock]) utimesSync(file, days(89), days(89));
  Journal.open(folder, "new").close();
  expect([old.file, lock].map(existsSync)).toEqual([true, true]);
  for (const file of [old.file, lock]) utimesSync(file, days(91), days(91));
  Journal.open(folder, "new").close();
  expect([old.file, lock].map(existsSync)).toEqual([false, false]);
});

it("says that nothing is asked where nothing can be kept", () => {
  const file = path.join(folder, "file");
  writeFileSync(file, "");
  expect(() => Journal.open(file, "m")).toThrow(/^Answers cannot be saved in .*so no question was sent/);
});
