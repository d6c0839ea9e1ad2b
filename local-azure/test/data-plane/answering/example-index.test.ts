import { describe, expect, it } from "@jest/globals";
import { ExampleIndex } from "../../../src/data-plane/answering/example-index";
import type { Exchange, Question } from "../../../src/data-plane/answering/exchanges";
import { termsOf } from "../../../src/data-plane/answering/terms";
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

const asked = (question: string, more: Partial<Question> = {}): Question => ({
  question,
  images: [],
  context: "",
  results: undefined,
  ...more,
});
const taught = (question: string, text: string, more: Partial<Question> = {}): Exchange => ({
  ...asked(question, more),
  answer: { text, calls: [] },
});
const first = (index: ExampleIndex, question: Question) => index.nearest(question, 3)[0]?.exchange;

describe("ExampleIndex", () => {
  const index = new ExampleIndex(questions.map(([question, answer]) => taught(question, answer)));

  it.each([
    ["Explain overfitting to me", "What is overfitting?"],
    ["how does a neural network work", "What is a neural network?"],
    ["機械学習について教えてください", "機械学習とは何ですか?"],
    ["人工知能って何?", "人工知能とは何ですか?"],
  ])("%s is nearest to %s", (question, nearest) => {
    expect(first(index, asked(question))?.question).toBe(nearest);
  });

  it("finds nothing where nothing is shared", () => {
    expect(index.nearest(asked("xylophone"), 3)).toEqual([]);
  });

  it("gives as many as are asked for, nearest first, of equals the earlier one", () => {
    const three = new ExampleIndex([taught("red car", "1"), taught("red apple", "2"), taught("red apple", "3")]);
    const near = three.nearest(asked("a red apple"), 2);
    expect(near.map(({ exchange }) => exchange.answer.text)).toEqual(["2", "3"]);
    expect(near[0]!.score).toBeLessThanOrEqual(1);
  });

  it("searches anew each time, whatever was found before", () => {
    const before = index.nearest(asked("Explain overfitting to me"), 5);
    index.nearest(asked("What is a learning rate?"), 5);
    expect(index.nearest(asked("Explain overfitting to me"), 5)).toEqual(before);
  });

  it("lends its weights of terms to an index of a conversation's examples", () => {
    const shown = new ExampleIndex([taught("What is a xylophone?", "bars")], index);
    expect(first(shown, asked("Explain the xylophone"))?.answer.text).toBe("bars");
    // "What is a" is in every question that was learned, and so says little.
    expect(shown.nearest(asked("What is a batch?"), 1)[0]!.score).toBeLessThan(
      new ExampleIndex([taught("What is a xylophone?", "bars")]).nearest(asked("What is a batch?"), 1)[0]!.score,
    );
  });

  it("lets the context decide between equal questions", () => {
    const twice = new ExampleIndex([
      taught("And then?", "eat", { context: "cooking rice" }),
      taught("And then?", "wait", { context: "planting trees" }),
    ]);
    expect(first(twice, asked("and then", { context: "we were planting some trees" }))?.answer.text).toBe("wait");
  });

  it("lets the image decide between equal questions, and the text where no image is known", () => {
    const seen = new ExampleIndex([
      taught("What is this?", "a cat", { images: ["cat"] }),
      taught("What is this?", "a dog", { images: ["dog"] }),
      taught("Which day is it?", "Monday"),
    ]);
    expect(first(seen, asked("What may this be?", { images: ["dog"] }))?.answer.text).toBe("a dog");
    expect(first(seen, asked("Which day is it?", { images: ["bird"] }))?.answer.text).toBe("Monday");
  });

  it("compares a question with results of functions only with such, and by their results", () => {
    const steps = new ExampleIndex([
      taught("Weather in Paris?", "let me see"),
      taught("Weather in Paris?", "take a coat", { results: "3 degrees, snow" }),
      taught("Weather in Paris?", "take a hat", { results: "30 degrees, sun" }),
    ]);
    expect(first(steps, asked("Weather in Paris?"))?.answer.text).toBe("let me see");
    expect(first(steps, asked("Weather in Paris?", { results: "sun all day" }))?.answer.text).toBe("take a hat");
  });
});
