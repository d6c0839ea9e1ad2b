import { expect, it } from "@jest/globals";
import { readSteps } from "../../../commands/preview-summary/steps";

const urn = "urn:pulumi:dev::p::pulumi-nodejs:dynamic/finetune:FineTuningJob::job";
const old = { inputs: { seed: 1 } };
const renewed = { inputs: { seed: 2 } };
const entry = (op: string) => ({
  op,
  urn,
  oldState: op === "create-replacement" ? null : old,
  newState: op.startsWith("delete") ? null : renewed,
});

// What an interrupted replacement left to delete is in the state beside its successor, under the same URN.
it.each([
  ["a replacement", ["create-replacement", "replace", "delete-replaced"], "replace"],
  ["one that deletes first", ["delete-replaced", "replace", "create-replacement"], "replace"],
  ["a leftover of an earlier replacement", ["same", "delete-replaced"], "same"],
  ["the same, deleted first", ["delete-replaced", "same"], "same"],
  ["a leftover beside an update", ["update", "delete-replaced"], "update"],
  ["a stack that is destroyed with a leftover", ["delete", "delete-replaced"], "delete"],
  ["the same in the other order", ["delete-replaced", "delete"], "delete"],
  ["a leftover alone", ["delete-replaced"], "delete"],
])("%s is %j", (_what, operations, operation) => {
  expect(readSteps(operations.map(entry)).map((step) => step.operation)).toEqual([operation]);
});
