import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { EMULATOR } from "../../../blob-storage/endpoint";
import { readCases } from "../../../evaluation/cases/read-cases";
import { blobStore } from "../../blob-storage/recorded-blobs";
import { RecordedStorage } from "../../blob-storage/recorded-storage";
import { temporaryFolder } from "../../support/temporary-folder";

const base = "https://contosodata.blob.core.windows.net/sets/";
const row = (question: string, answer?: string) =>
  JSON.stringify({
    messages: [
      { role: "user", content: question },
      ...(answer === undefined ? [] : [{ role: "assistant", content: answer }]),
    ],
  });
const training = ["What is a tide?", "Why do leaves fall?", "Who was Ada Lovelace?"].map((one) =>
  row(one, `About ${one}`),
);

let storage: RecordedStorage;
beforeAll(async () => {
  storage = await RecordedStorage.start();
  process.env[EMULATOR] = storage.endpoint;
  storage.blobs.set("/contosodata/sets/training.jsonl", [{ text: training.join("\n"), etag: '"0xA1"' }]);
  storage.blobs.set("/contosodata/sets/cases.jsonl", [{ text: row("How far is the moon?", "Far."), etag: '"0xA2"' }]);
});
afterAll(async () => {
  delete process.env[EMULATOR];
  await storage.stop();
});

it("cases are read from a blob, and none may be in the training blob", async () => {
  const remote = blobStore();
  const paths = [["reference"]];
  const { cases } = await readCases({
    path: `${base}cases.jsonl`,
    trainingFile: `${base}training.jsonl`,
    paths,
    remote,
  });
  expect(cases).toEqual([expect.objectContaining({ line: 1, reference: "Far." })]);
  const repeated = path.join(temporaryFolder("cases"), "repeated.jsonl");
  writeFileSync(repeated, training[2]!);
  const asked = { path: `${base}cases.jsonl + ${repeated}`, trainingFile: `${base}training.jsonl`, paths, remote };
  await expect(readCases(asked)).rejects.toThrow(
    `${repeated}, line 1: The case is also in the training file, on line 3`,
  );
});

it("what is wrong with a case names its file and line", async () => {
  const unanswered = path.join(temporaryFolder("cases"), "unanswered.jsonl");
  writeFileSync(unanswered, `${row("One?", "Yes.")}\n${row("Two?")}\n`);
  const asked = { path: `${base}cases.jsonl + ${unanswered}`, paths: [["reference"]], remote: blobStore() };
  await expect(readCases(asked)).rejects.toThrow(`${unanswered}, line 2: The case has no reference`);
});

it("a training blob that is not there is named", async () => {
  const asked = { path: `${base}cases.jsonl`, trainingFile: `${base}gone.jsonl`, paths: [], remote: blobStore() };
  await expect(readCases(asked)).rejects.toThrow(
    `Could not check the cases for overlap with the training file: ${base}gone.jsonl doesn't exist`,
  );
});
