import { describe, expect, it } from "@jest/globals";
import { liveLine } from "../../../stack/live-line/line";
import { RunState } from "../../../stack/live-line/run-state";
import type { EngineEvent } from "../../../stack/up-events";

const urn = (type: string, name: string) => `urn:pulumi:local::finetune::${type}::${name}`;
const account = urn("finetune:index:OpenAiAccount$azure-native:cognitiveservices:Account", "openai-account");
const model = urn("finetune:index:FineTunedModel$pulumi-nodejs:dynamic/finetune:TrainedModel", "finetune-model");
const component = urn("finetune:index:OpenAiAccount", "openai");
const step = (of: string, op: string) => ({ metadata: { urn: of, type: "", op } });
const begin: EngineEvent = { preludeEvent: {} };
const pre = (of: string, op = "create"): EngineEvent => ({ resourcePreEvent: step(of, op) });
const end = (of: string, op = "create"): EngineEvent => ({ resOutputsEvent: step(of, op) });
const status = (message: string, ephemeral = true): EngineEvent => ({
  diagnosticEvent: { severity: "info", message, ephemeral },
});

function after(...events: EngineEvent[]): { parts: string[]; done: number } {
  const state = new RunState();
  for (const event of events) state.apply(event, 1_000);
  return { parts: state.parts(6_000), done: state.done };
}

describe("what moves", () => {
  it.each<[string, EngineEvent[], string[]]>([
    ["before the program runs", [], ["starting the program"]],
    ["before there is a resource", [begin], ["comparing the program with the stack"]],
    ["one resource", [begin, pre(account)], ["creating openai-account (Account) 5 s"]],
    [
      "several",
      [begin, pre(account, "delete"), pre(model)],
      ["deleting openai-account (Account) 5 s", "1 more in progress"],
    ],
    ["components are their children", [begin, pre(component)], ["comparing the program with the stack"]],
    ["what stays as it is", [begin, pre(account, "same")], ["comparing the program with the stack"]],
    ["a status", [begin, pre(model), status("49% · 5 s left · loss 3.9\n")], ["49%", "any moment now", "loss 3.9"]],
    [
      "a status that ticks",
      [begin, pre(model), status("9% · 50 s left · running 12 s")],
      ["9%", "45 s left", "running 17 s"],
    ],
    ["the newest of them", [begin, pre(model), status("1%"), status("2%")], ["2%"]],
    [
      "no message that lasts",
      [begin, pre(account), status("[plan] Trains", false)],
      ["creating openai-account (Account) 5 s"],
    ],
    [
      "a status after its resource",
      [begin, pre(model), status("99%"), end(model), pre(account)],
      ["creating openai-account (Account) 5 s"],
    ],
    ["a status while another resource ends", [begin, pre(model), status("9%"), pre(account), end(account)], ["9%"]],
    [
      "a resource that failed",
      [begin, pre(model), { resOpFailedEvent: step(model, "create") }],
      ["comparing the program with the stack"],
    ],
    ["a run that is over", [begin, pre(model), { summaryEvent: { durationSeconds: 1, resourceChanges: {} } }], []],
    ["a run that was cancelled", [begin, pre(model), { cancelEvent: {} }], []],
    [
      "the update after its preview",
      [begin, { summaryEvent: { durationSeconds: 1, resourceChanges: {} } }, begin],
      ["comparing the program with the stack"],
    ],
  ])("%s", (_what, events, parts) => {
    expect(after(...events).parts).toEqual(parts);
  });

  it("says what Ctrl-C does, and what is still in progress", () => {
    const state = new RunState();
    const said = (message: string) => state.apply({ stdoutEvent: { message } }, 1_000);
    for (const event of [begin, pre(model), status("9%")]) state.apply(event, 1_000);
    said("some other message");
    expect(state.parts(6_000)).toEqual(["9%"]);
    said("^C received; cancelling. If you would like to terminate immediately, press ^C again.\n");
    const duringTraining = ["stopping after training (may take hours)", "Ctrl-C again stops now"];
    const paid = "the job continues, and you are not billed twice";
    expect(state.parts(6_000)).toEqual([...duringTraining, paid, "9%"]);
    const line = liveLine({ parts: state.parts(6_000), done: 30, elapsedMs: 3_900_000 }, 78);
    expect(line).toContain(duringTraining.join(" · "));
    state.apply(end(model), 1_000);
    expect(state.parts(6_000).slice(0, 2)).toEqual(["stopping after the steps in progress", "Ctrl-C again stops now"]);
    said("<{%fg 9%}>^C received; terminating<{%reset%}>");
    expect(state.parts(6_000)).toEqual(["stopping at once"]);
    state.apply({ cancelEvent: {} }, 7_000);
    expect(state.parts(7_000)).toEqual([]);
  });

  it("counts resources, and begins again with the update", () => {
    expect(after(begin, pre(account), end(account), end(component), end(model, "same")).done).toBe(2);
    expect(after(begin, pre(account), end(account), begin).done).toBe(0);
  });

  it("lets no text of others steer the terminal", () => {
    const { parts } = after(begin, pre(model), status("<{%reset%}>\u001b[2J\u202e9%\r<{%fg 1%}>\u009b1m"));
    expect(parts).toEqual(["\\u001b[2J\\u202e9%\\u000d\\u009b1m"]);
    expect(after(begin, pre(urn("a:b:C", "x\u001b]0;t\u0007"))).parts).toEqual([
      "creating x\\u001b]0;t\\u0007 (C) 5 s",
    ]);
  });
});
