import { expect, it } from "@jest/globals";
import { BILL_UNKNOWN, billedInWords, billedTokens } from "../../azure-openai/billed-tokens";
import type { RemoteEvent } from "../../azure-openai/remote-jobs";

const event = (message: string): RemoteEvent => ({ id: message, created_at: 1, level: "info", message });

it.each<[string, string[], number | undefined]>([
  [
    "a course of today",
    ["Training tokens billed: 5000", "Model Evaluation Passed.", "Step 10: training loss=1.5"],
    5_000,
  ],
  ["oldest first", ["Job succeeded.", "Training tokens billed: 5725000"], 5_725_000],
  ["a failed postprocessing", ["Training tokens billed: 0", "Fine tune failed during postprocessing"], 0],
  ["with separators", ["Training tokens billed: 7,223,000"], 7_223_000],
  ["a training that is billed by the hour", ["Training hours billed: 0.500", "Job succeeded."], undefined],
  ["a job at work", ["Training started."], undefined],
  ["no events", [], undefined],
])("reads the bill of %s", (_, messages, tokens) => {
  expect(billedTokens(messages.map(event))).toBe(tokens);
});

it("takes events without text for none", () => {
  expect(billedTokens([{ ...event(""), message: null as unknown as string }])).toBeUndefined();
});

it("says the bill, or that it is not known", () => {
  expect([billedInWords(94_000), billedInWords(0), billedInWords(null), billedInWords(undefined)]).toEqual([
    "94,000 tokens billed",
    "0 tokens billed",
    BILL_UNKNOWN,
    BILL_UNKNOWN,
  ]);
});

it("the bill of a job that was only taken over doesn't read like a new one", () => {
  expect(billedInWords(18_000, true)).toBe("18,000 tokens billed when the job ran; adopting it costs nothing");
  expect(billedInWords(undefined, true)).toBe(BILL_UNKNOWN);
});
