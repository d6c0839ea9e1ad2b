import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { duration } from "../../../format/duration";
import { ticked } from "../../../stack/live-line/ticking";

it.each([
  ["5 s left", 0, "5 s left"],
  ["5 s left", 2_400, "3 s left"],
  ["5 s left", 5_000, "any moment now"],
  ["5 s left", 60_000, "any moment now"],
  ["12 min left", 59_000, "12 min left"],
  ["12 min left", 61_000, "11 min left"],
  ["2 min left", 40_000, "80 s left"],
  ["2 h 5 min left", 60_000, "2 h 4 min left"],
  ["waiting 5 s", 2_000, "waiting 3 s"],
  ["waiting 5 s", 9_000, "waiting"],
  ["waited 60 s", 2_000, "waited 62 s"],
  ["waited 4 min of up to 15 min", 59_000, "waited 4 min of up to 15 min"],
  ["waited 4 min of up to 15 min", 60_000, "waited 5 min of up to 15 min"],
  ["waited 15 s of up to 20 s", 60_000, "waited 20 s of up to 20 s"],
  ["running 12 s", 3_900, "running 15 s"],
  ["validating_files 88 s", 3_000, "validating_files 2 min"],
  ["49%", 9_000, "49%"],
  ["step 100/204", 9_000, "step 100/204"],
  ["uploading a.jsonl (12 of 27 MB)", 9_000, "uploading a.jsonl (12 of 27 MB)"],
  ["creating openai-account (Account) 5 s", 9_000, "creating openai-account (Account) 5 s"],
])("%s after %d ms is %s", (part, elapsed, text) => {
  expect(ticked(part, elapsed)).toBe(text);
});

it("what was told a moment ago is told unchanged, whatever the time", () => {
  const forms = [
    (time: string) => `${time} left`,
    (time: string) => `running ${time}`,
    (time: string) => `waiting ${time}`,
  ];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40_000_000 }), fc.constantFrom(...forms), (milliseconds, form) => {
      const part = form(duration(milliseconds));
      expect(ticked(part, 999)).toBe(part);
    }),
  );
});
