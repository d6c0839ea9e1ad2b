import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import stringWidth from "string-width";
import { liveLine } from "../../../stack/live-line/line";

const training = ["49%", "5 s left", "step 100/204", "loss 3.974", "█▇▅▅▃▂▁▁", "running 12 s"];
const waiting = ["waited 4 min of up to 15 min", "role assignments have not taken effect yet", "Listing the files"];

describe("the line", () => {
  it.each([
    [training, 30, "49% · 5 s left       1 min 3 s"],
    [training, 60, "49% · 5 s left · step 100/204 · loss 3.974         1 min 3 s"],
    [training, 80, "49% · 5 s left · step 100/204 · loss 3.974 · █▇▅▅▃▂▁▁ · running 12 s   1 min 3 s"],
    [training, 110, `${training.join(" · ")}${" ".repeat(23)}12 done · 1 min 3 s`],
    [training, 140, `${training.join(" · ")}${" ".repeat(53)}12 done · 1 min 3 s`],
    [training, 200, `${training.join(" · ")}${" ".repeat(113)}12 done · 1 min 3 s`],
    [waiting, 60, "waited 4 min of up to 15 min · role assignments …  1 min 3 s"],
    [waiting, 80, "waited 4 min of up to 15 min · role assignments have not taken effec…  1 min 3 s"],
    [["uploading 訓練データ.jsonl (12 of 27 MB)"], 60, "uploading 訓練データ.jsonl (12 of 27 MB)           1 min 3 s"],
    [["comparing the program with the stack"], 40, "comparing the program with the stack"],
    [["comparing the program with the stack"], 20, "comparing the progr…"],
    [[], 80, ""],
  ])("%j at %d columns", (parts, width, line) => {
    expect(liveLine({ parts, done: 12, elapsedMs: 63_000 }, width)).toBe(line);
  });

  it("is never wider than the terminal, and keeps what moves", () => {
    const part = fc.oneof(fc.constantFrom(...training), fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.integer({ min: 20, max: 200 }), (parts, width) => {
        const line = liveLine({ parts, done: 3, elapsedMs: 5_000 }, width);
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(line.startsWith(parts[0]!) || stringWidth(parts[0]!) >= width).toBe(true);
      }),
    );
  });
});
