import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Unescaped } from "../../../datasets/json/unescape";

const unescaped = new Unescaped();
const read = (inside: string) => {
  const source = Buffer.from(inside);
  const length = unescaped.read(source, 0, source.length);
  return length < 0 ? undefined : Buffer.from(unescaped.bytes.subarray(0, length)).toString("utf8");
};

describe("Unescaped", () => {
  it("undoes JSON.stringify, with or without escapes for all that is not ASCII", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const inside = JSON.stringify(text).slice(1, -1);
        const ascii = inside.replace(
          /[\u0080-\uffff]/g,
          (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
        );
        expect([read(inside), read(ascii)]).toEqual([text, text]);
      }),
    );
  });

  it.each(["\\x41", "\\u12g4", "\\u123", "\\ud83d", "\\ude00", "\\ud83d\\u0041", "\\ud83dx"])(
    "says no to %s",
    (inside) => expect(read(inside)).toBeUndefined(),
  );
});
