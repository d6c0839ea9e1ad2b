import { PassThrough } from "node:stream";
import { describe, expect, it } from "@jest/globals";
import type { ChatMessage } from "../../../azure-openai/chat";
import { AzureFailure } from "../../../azure-openai/failure";
import { type Ask, talk } from "../../../commands/chat/talk";

const system: ChatMessage = { role: "system", content: "Be brief." };

/** Types the lines; the input ends behind them only when told so. */
async function conversation(typed: string, options: { isTTY?: boolean; ends?: boolean; ask?: Ask } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY: options.isTTY });
  const output = new PassThrough();
  const asked: string[][] = [];
  const ask: Ask =
    options.ask ?? ((messages) => Promise.resolve(`${messages.filter(({ role }) => role === "user").length}`));
  input.write(typed);
  if (options.ends !== false) input.end();
  const told = (messages: ChatMessage[], stop: AbortSignal) => {
    asked.push(messages.map(({ content }) => content));
    return ask(messages, stop);
  };
  let failure: unknown;
  await talk([system], told, { input, output }).catch((error: unknown) => (failure = error));
  return { asked, failure, shown: String(output.read() ?? "") };
}
const refused = () => new AzureFailure("Asking failed: 429");

describe("a conversation", () => {
  it("hands over what was said before, and ends with the input", async () => {
    const { asked } = await conversation("one\n\n  \ntwo\n");
    expect(asked).toEqual([
      ["Be brief.", "one"],
      ["Be brief.", "one", "1", "two"],
    ]);
  });

  it.each(["exit", "quit", "EXIT", " quit ", "/exit", ":quit"])("ends with %j, though more is typed", async (word) => {
    const { asked } = await conversation(`one\n${word}\ntwo\n`, { ends: false });
    expect(asked).toEqual([["Be brief.", "one"]]);
  });

  it("asks the model about exits", async () => {
    expect((await conversation("how do I exit vim?\nexits\n")).asked).toHaveLength(2);
  });

  it("answers all of a pipe that has ended meanwhile", async () => {
    const slow: Ask = () => new Promise((resolve) => setImmediate(() => setImmediate(() => resolve("yes"))));
    const { asked, failure } = await conversation("a\nb\nc", { ask: slow });
    expect([asked.length, failure]).toEqual([3, undefined]);
  });

  it("tells a failure on a terminal, and forgets the question", async () => {
    let count = 0;
    const once: Ask = () => (count++ === 0 ? Promise.reject(refused()) : Promise.resolve("yes"));
    const { asked, shown, failure } = await conversation("bad\ngood\n", { isTTY: true, ask: once });
    expect(failure).toBeUndefined();
    expect(shown).toContain("Asking failed: 429");
    expect(asked[1]).toEqual(["Be brief.", "good"]);
  });

  it("ends with the failure in a pipe, and with a defect anywhere", async () => {
    const { asked, failure } = await conversation("bad\ngood\n", { ask: () => Promise.reject(refused()) });
    expect([asked.length, failure]).toEqual([1, expect.any(AzureFailure)]);
    const defect = await conversation("a\n", { isTTY: true, ask: () => Promise.reject(new TypeError("x")) });
    expect(defect.failure).toBeInstanceOf(TypeError);
  });
});

describe("Ctrl-C on a terminal", () => {
  it("stops an answer and keeps what was said of it; at the prompt it leaves", async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const asked: string[][] = [];
    const ask: Ask = (messages, stop) => {
      asked.push(messages.map(({ content }) => content));
      if (asked.length > 1) {
        setImmediate(() => input.write("\u0003"));
        return Promise.resolve("whole");
      }
      const stopped = new Promise<string>((resolve) => stop.addEventListener("abort", () => resolve("half")));
      setImmediate(() => input.write("\u0003"));
      return stopped.finally(() => setImmediate(() => input.write("two\r")));
    };
    setImmediate(() => input.write("one\r"));
    await talk([system], ask, { input, output });
    expect(asked).toEqual([
      ["Be brief.", "one"],
      ["Be brief.", "one", "half", "two"],
    ]);
  });
});
