import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  extraBodyChanges,
  extraMembers,
  mergeExtraBody,
  sentExtraBody,
} from "../../../dynamic-providers/fine-tuning-job/extra-body";
import { jobRequest } from "../../../dynamic-providers/fine-tuning-job/job-request";
import type { FineTuningJobInputs } from "../../../dynamic-providers/fine-tuning-job/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { jobArgs } from "./job-args";

const inputs = { ...jobArgs, trainingKey: "k", marker: "m", suffix: "ft-01234567" } as FineTuningJobInputs;

describe("the request", () => {
  it("has what extraBody adds, beside what the settings send", () => {
    const extraBody = { priority: "low", method: { supervised: { packing: true, hyperparameters: { rank: 8 } } } };
    const request = jobRequest({ ...inputs, hyperparameters: { nEpochs: 3 }, extraBody });
    expect(request).toEqual({
      ...{ model: "gpt-4o-mini-2024-07-18", training_file: "file-1", suffix: "ft-01234567", trainingType: "Standard" },
      ...{
        priority: "low",
        method: { type: "supervised", supervised: { packing: true, hyperparameters: { n_epochs: 3, rank: 8 } } },
      },
    });
  });

  it("is the same without extraBody, and with an empty one", () => {
    const plain = jobRequest(inputs);
    for (const extraBody of [{}, { method: {} }, { method: { supervised: { hyperparameters: {} } } }])
      expect(jobRequest({ ...inputs, extraBody })).toEqual(plain);
  });

  it("keeps every value that it has, whatever extraBody says", () => {
    const names = fc.constantFrom(
      "model",
      "method",
      "type",
      "supervised",
      "hyperparameters",
      "n_epochs",
      "other",
      "__proto__",
    );
    const body = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: "small" }, fc.integer(), fc.dictionary(names, tie("value"))),
    })).value;
    const given = { model: "m", method: { type: "supervised", supervised: { hyperparameters: { n_epochs: 3 } } } };
    fc.assert(
      fc.property(fc.dictionary(names, body), (extraBody) => {
        expect(mergeExtraBody(given, extraBody)).toMatchObject(given);
      }),
    );
  });
});

it("names each value by its path", () => {
  const extraBody = { a: { b: 1 }, method: { dpo: { c: [1], hyperparameters: { d: null } } }, e: undefined };
  expect(extraMembers(extraBody).map(([path]) => path.join("."))).toEqual([
    "a",
    "method.dpo.c",
    "method.dpo.hyperparameters.d",
  ]);
});

it.each([undefined, {}, { method: {} }, { method: { dpo: { hyperparameters: {} } } }])(
  "%j adds nothing",
  (extraBody) => {
    expect(sentExtraBody(extraBody)).toBeUndefined();
  },
);

it("tells by path what is new, gone or different", () => {
  const changes = extraBodyChanges({ a: 1, b: { c: 1, d: 2 }, e: 1 }, { a: 2, b: { d: 2, c: 1 }, f: 1 });
  expect(changes).toEqual([
    { path: "a", what: "changed" },
    { path: "e", what: "removed" },
    { path: "f", what: "added" },
  ]);
  expect(extraBodyChanges({ a: 1 }, { a: UNKNOWN })).toEqual([]);
});
