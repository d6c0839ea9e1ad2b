import { expect, it } from "@jest/globals";
import { unfinished } from "../../../commands/plan/unfinished";
import { finetuneType } from "../../../dynamic-providers/runtime/resource-types";
import type { EngineEvent } from "../../../stack/up-events";

const urn = (name: string) => `urn:pulumi:s::p::a:b:C::${name}`;
const unreached = (name: string): EngineEvent => ({
  diagnosticEvent: {
    urn: urn(name),
    severity: "error",
    message: `<{%reset%}>expected resource operations for ${urn(name)} but none were seen<{%reset%}>\n`,
  },
});
const cancelling: EngineEvent = {
  stdoutEvent: { message: "^C received; cancelling. If you would like to terminate immediately, press ^C again.\n" },
};
const begun = (name: string, op: string): EngineEvent => ({
  resourcePreEvent: { metadata: { urn: urn(name), op, type: "a:b:C" } },
});
const ended = (name: string, op: string, type = "a:b:C", outputs = {}): EngineEvent => ({
  resOutputsEvent: { metadata: { urn: urn(name), op, type, new: { outputs } } },
});
const again = "Run the same command again: it continues from here, and you are not billed twice for any training.";

it("an up that failed otherwise has its own error", () => {
  const error: EngineEvent = { diagnosticEvent: { urn: urn("a"), severity: "error", message: "no quota" } };
  expect(unfinished([error, ended("b", "create")])).toEqual([]);
});

it("an interrupted up of a plan says what succeeded, all that was not reached, and what to do", () => {
  const planned = ["probe", "quota", "deployment", "quota"].map(unreached);
  const trained = ended("model", "create", finetuneType("TrainedModel"), { fineTunedModel: "ft:x" });
  const component = ended("group", "create", "finetune:index:FineTunedModel");
  const events = [begun("file", "create-replacement"), ended("file", "create-replacement"), trained, component];
  expect(unfinished([...events, cancelling, ...planned, unreached("file")])).toEqual([
    "The run ended before everything was done.",
    "The training succeeded: ft:x. The model is kept.",
    "Done: replaced file; created model.",
    "Planned but not reached, so unchanged: deployment, probe, quota.",
    "Replaced, but the old resource is not deleted yet: file.",
    expect.stringContaining("not that they failed"),
    again,
  ]);
});

it("without a plan, an interrupted one says the same of what is known", () => {
  expect(unfinished([ended("account", "same"), cancelling])).toEqual([
    "The run ended before everything was done.",
    "Nothing was changed.",
    again,
  ]);
});

it("a run that was stopped in the middle of a step names the job that goes on, and leaves the advice to the notice about its repair", () => {
  const waiting: EngineEvent = {
    resourcePreEvent: {
      metadata: {
        urn: urn("model"),
        op: "create",
        type: finetuneType("TrainedModel"),
        new: { inputs: { jobId: "ftjob-1" } },
      },
    },
  };
  expect(unfinished([begun("file", "create"), ended("file", "create"), waiting, cancelling])).toEqual([
    "The run ended before everything was done.",
    "Done: created file.",
    "Stopped in the middle: model.",
    "Job ftjob-1 continues at Azure. You are charged for its training once, even if you don't continue here.",
  ]);
});
