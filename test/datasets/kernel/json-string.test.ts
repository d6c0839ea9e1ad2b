import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Kernel } from "../../../datasets/kernel/kernel";

const kernel = new Kernel();
const { exports, source } = kernel;
/** Text of the JSON string with this inside; undefined when there is none. */
const read = (inside: string) => {
  const bytes = Buffer.from(`${inside}"`);
  const end = kernel.put(bytes, 0, bytes.length, true);
  exports.forgetTexts();
  if (exports.readString(source, end) !== end) return undefined;
  return Buffer.from(kernel.bytes.subarray(exports.textStart.value, exports.textEnd.value)).toString("utf8");
};

describe("readString", () => {
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
