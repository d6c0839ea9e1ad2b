import { describe, expect, it } from "@jest/globals";
import { ExampleIndex, exchangesOf } from "../../../src/data-plane/chat/example-index";
import { termsOf } from "../../../src/data-plane/chat/terms";
import { questions } from "../examples";

describe("termsOf", () => {
  it.each<[string, string[]]>([
    ["What's AI? what", ["what", "s", "ai"]],
    ["人工知能とAI", ["人工", "工知", "知能", "能と", "ai"]],
    ["ＡＩ", ["ai"]],
    ["?!", []],
  ])("%s", (text, terms) => {
    expect([...termsOf(text).keys()]).toEqual(terms);
  });
});

describe("ExampleIndex", () => {
  const index = new ExampleIndex(questions.map(([question, answer]) => ({ question, answer, context: "" })));

  it.each([
    ["Explain overfitting to me", "What is overfitting?"],
    ["how does a neural network work", "What is a neural network?"],
    ["機械学習について教えてください", "機械学習とは何ですか?"],
    ["人工知能って何?", "人工知能とは何ですか?"],
  ])("%s is nearest to %s", (asked, question) => {
    expect(index.nearest(asked, "")[0]?.question).toBe(question);
  });

  it("finds nothing where nothing is shared", () => {
    expect(index.nearest("xylophone", "")).toEqual([]);
  });

  it("is extended by a conversation's examples without weighing its own anew", () => {
    const more = index.extendedBy([{ question: "What is a xylophone?", context: "", answer: "bars" }]);
    expect(more.nearest("Explain the xylophone", "")[0]?.answer).toBe("bars");
    expect(more.nearest("Explain overfitting to me", "")[0]?.question).toBe("What is overfitting?");
    expect(index.nearest("xylophone", "")).toEqual([]);
    expect(index.extendedBy([])).toBe(index);
  });

  it("lets the context decide between equal questions", () => {
    const twice = new ExampleIndex([
      { question: "And then?", context: "cooking rice", answer: "eat" },
      { question: "And then?", context: "planting trees", answer: "wait" },
    ]);
    expect(twice.nearest("and then", "we were planting some trees")[0]?.answer).toBe("wait");
  });
});

it("takes each assistant turn with the question before it", () => {
  const turn = (role: string, text: string) => ({ role, text, learned: true });
  const messages = [
    turn("system", "s"),
    turn("user", "q1"),
    turn("assistant", "a1"),
    turn("user", "q2"),
    turn("assistant", "a2"),
  ];
  expect(exchangesOf(messages)).toEqual([
    { question: "q1", context: "s", answer: "a1" },
    { question: "q2", context: "s\nq1\na1", answer: "a2" },
  ]);
});
