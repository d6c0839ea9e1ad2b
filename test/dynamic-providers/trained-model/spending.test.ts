import { expect, it } from "@jest/globals";
import { spendingOf } from "../../../dynamic-providers/trained-model/paused-job";
import { progressLine } from "../../../dynamic-providers/trained-model/progress-line";
import { spentInWords } from "../../../dynamic-providers/trained-model/spending";

const run = { model: "o4-mini-2025-04-16", method: "reinforcement", trainingType: "Standard", epochs: 1, tokens: 9 };
const spending = { usdPerHour: 110, limitUsd: 5_000 };

it("is known of a training that is billed by the hour, and of no other", () => {
  expect(spendingOf({ run, location: "eastus2" })).toEqual(spending);
  expect(spendingOf({ run: { ...run, trainingType: "GlobalStandard" }, location: "eastus2" })?.usdPerHour).toBe(100);
  expect(spendingOf({ run: { ...run, model: "gpt-4.1-2025-04-14" }, location: "eastus2" })).toBeUndefined();
  expect(spendingOf({ run: undefined, location: "eastus2" })).toBeUndefined();
});

it("counts from the start of the training; before it, the rate is told", () => {
  expect(spentInWords(spending, 15 * 60_000)).toBe("about $27.50 of the $5,000.00 limit, not including grading");
  expect(spentInWords(spending, undefined)).toBe("$110.00 an hour, limit $5,000.00");
});

it("stands at the end of the progress line until the job ends", () => {
  const line = (status: string) => progressLine(status, 3_600_000, { curve: [], trainingMs: 1_800_000 }, spending);
  expect(line("running")).toBe("running 60 min · about $55.00 of the $5,000.00 limit, not including grading");
  expect(line("succeeded")).toBe("succeeded 60 min");
});
