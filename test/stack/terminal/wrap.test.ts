import { expect, it } from "@jest/globals";
import fc from "fast-check";
import pc from "picocolors";
import stringWidth from "string-width";
import { columnsOf, hanging, wrap } from "../../../stack/terminal/wrap";

const sentence = "The account accepts keys. Without keys, clients sign in with Microsoft Entra ID only.";

it.each([
  [sentence, 60, "The account accepts keys. Without keys, clients sign in with\nMicrosoft Entra ID only."],
  [`  ${sentence}`, 60, "  The account accepts keys. Without keys, clients sign in\n  with Microsoft Entra ID only."],
  [sentence, 200, sentence],
  [sentence, undefined, sentence],
  ["one\n  two", 60, "one\n  two"],
  ["data 訓練データ訓練データ訓練データ", 24, "data\n訓練データ訓練データ訓練データ"],
  ["", 60, ""],
  ["To go on, run `npm run recover -- --stack dev` again", 40, "To go on, run\n`npm run recover -- --stack dev` again"],
  [
    `az cognitiveservices account purge ${"-n name ".repeat(9)}`,
    60,
    `az cognitiveservices account purge ${"-n name ".repeat(9)}`,
  ],
])("%j at %s columns", (text, columns, wrapped) => {
  expect(wrap(text, columns)).toBe(wrapped);
});

it("a text beside a label stays beside it, colours taking no width", () => {
  const label = `  ${pc.createColors(true).yellow("warning ")} `;
  expect(hanging(label, sentence, 60)).toBe(
    `${label}The account accepts keys. Without keys, clients\n           sign in with Microsoft Entra ID only.`,
  );
});

it("no word is broken, none is lost, and only a word that is too long is wider than the terminal", () => {
  const words = fc.array(fc.stringMatching(/^[a-zäé訓]{1,70}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(words, fc.integer({ min: 60, max: 200 }), (given, columns) => {
      const lines = hanging("  because  ", given.join(" "), columns).slice(11).split("\n");
      expect(lines.flatMap((line) => line.trim().split(" "))).toEqual(given);
      for (const line of lines.slice(1)) expect(stringWidth(line) <= columns || !line.trim().includes(" ")).toBe(true);
    }),
  );
});

it("only a terminal has columns", () => {
  expect(columnsOf({ isTTY: true, columns: 80 })).toBe(80);
  expect(columnsOf({ columns: 80 })).toBeUndefined();
});
