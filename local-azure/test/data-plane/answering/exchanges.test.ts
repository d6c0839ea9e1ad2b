import { describe, expect, it } from "@jest/globals";
import { exchangesOf, questionAt } from "../../../src/data-plane/answering/exchanges";
import type { Message } from "../../../src/data-plane/rows/training-row";

const turn = (role: string, text: string, more: Partial<Message> = {}): Message => ({
  role,
  text,
  learned: role === "assistant",
  ...more,
});
const none = { images: [], results: undefined };
const says = (text: string) => ({ text, calls: [] });
const png = "iVBORw0KGgo=";

describe("exchangesOf", () => {
  it("takes each assistant turn with the question before it", () => {
    const messages = [
      turn("system", "s"),
      turn("user", "q1"),
      turn("assistant", "a1"),
      turn("user", "q2"),
      turn("assistant", "a2"),
    ];
    expect(exchangesOf(messages)).toEqual([
      { ...none, question: "q1", context: "s", answer: says("a1") },
      { ...none, question: "q2", context: "s\nq1\na1", answer: says("a2") },
    ]);
  });

  it("takes calls of functions, and the text that follows their results", () => {
    const calls = [{ name: "weather", arguments: '{"city":"Paris"}' }];
    const messages = [
      turn("user", "q"),
      turn("assistant", "", { calls }),
      turn("tool", "12 degrees"),
      turn("assistant", "mild"),
    ];
    expect(exchangesOf(messages)).toEqual([
      { ...none, question: "q", context: "", answer: { text: "", calls } },
      { ...none, question: "q", context: "", results: "12 degrees", answer: says("mild") },
    ]);
  });

  it("leaves out turns that don't count, turns without anything and turns before any question", () => {
    const messages = [
      turn("assistant", "welcome"),
      turn("user", "q"),
      turn("assistant", ""),
      turn("assistant", "context only", { learned: false }),
    ];
    expect(exchangesOf(messages, ({ learned }) => learned)).toEqual([]);
    expect(exchangesOf(messages)).toHaveLength(1);
  });
});

describe("questionAt", () => {
  it("knows an image by its bytes, however they are written, and a linked one by its address", () => {
    const keyOf = (url: string) => questionAt([turn("user", "q", { images: [url] })])!.images[0];
    expect(keyOf(`data:image/png;base64,${png}`)).toBe(
      keyOf(`data:image/PNG;name=a.png;base64,${png.slice(0, 4)}\n${png.slice(4)}`),
    );
    expect(keyOf(`data:image/png;base64,${png}`)).not.toBe(keyOf("data:image/png;base64,iVBORw0KGgs="));
    expect(keyOf("https://example.com/a.png")).not.toBe(keyOf("https://example.com/b.png"));
  });

  it("is undefined where nobody has asked", () => {
    expect(questionAt([turn("system", "s")])).toBeUndefined();
  });
});
