import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { findResults } from "../../../evaluation/results/find-results";
import { resultsFile, writeResults } from "../../../evaluation/results/results-file";
import { madeUp } from "./made-up";

const model = "gpt-4o-mini-2024-07-18.ft-1234-team";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "evaluations-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** @param minute - when it was written @returns its path */
function write(candidate: string, minute: number, other = "gpt-4o-mini@2024-07-18"): string {
  const evaluation = madeUp({ scores: { candidate: [1, 0.5], base: [0.5, 0.5] } });
  const { models } = evaluation.summary;
  models[0]!.model = candidate;
  models[1]!.model = other;
  const file = resultsFile(folder, evaluation.summary);
  writeResults(file, evaluation);
  utimesSync(file, minute * 60, minute * 60);
  return file;
}

it("finds the newest whose candidate it is, also as a checkpoint or behind a filter", async () => {
  expect(await findResults(folder, model)).toBeUndefined();
  const first = write(model, 1);
  write("another", 9, model);
  expect(await findResults(folder, model)).toMatchObject({ file: first, writtenAt: 60_000 });
  const checkpoint = write(`${model}:ckpt-step-10`, 2);
  expect((await findResults(folder, model))?.file).toBe(checkpoint);
  const filtered = write(`${model} with the filter strict`, 3);
  expect((await findResults(folder, `${model}:ckpt-step-20`))?.file).toBe(filtered);
  expect(await findResults(folder, `${model}x`)).toBeUndefined();
});

it("passes over what is damaged or no result", async () => {
  const file = write(model, 1);
  writeFileSync(path.join(folder, "results", "half.json"), `{"summary": {"models": [{"model": "${model}`);
  writeFileSync(path.join(folder, "results", "note.txt"), model);
  expect((await findResults(folder, model))?.file).toBe(file);
});
