import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compare } from "../../../../evaluation/statistics/compare";
import type { shows } from "../../../../report/page/evaluation/list-cases";
import { comparedCases, extremes, type Listing, listCases } from "../../../../report/page/evaluation/list-cases";
import { madeUp } from "../../../evaluation/results/made-up";

const scores = { new: [0.5, 0.9, 0.2, 0.5, 0.45], base: [0.5, 0.1, 0.7, 0.4, 0.5] };
const { cases } = madeUp({ scores });
cases[4]!.answers[1]!.problem = "filtered";
cases[3]!.messages.push({
  role: "user",
  content: [{ type: "text", text: "And GRADIENTS?" }, { type: "image_url" }],
} as never);
const compared = comparedCases(cases, 1);

const listed = (part: Partial<Listing>) =>
  listCases(compared, { show: "all", order: "line", search: "", ...part }, 1).map(({ shown }) => shown.line);

describe("lists", () => {
  it.each<[Partial<Listing>, number[]]>([
    [{}, [1, 2, 3, 4, 5]],
    [{ show: "win" }, [2, 4]],
    [{ show: "tie" }, [1]],
    [{ show: "loss" }, [3, 5]],
    [{ show: "worse" }, [3]],
    [{ show: "problem" }, [5]],
    [{ order: "losses" }, [3, 5, 1, 4, 2]],
    [{ order: "gains" }, [2, 4, 1, 5, 3]],
    [{ order: "lowest" }, [3, 5, 1, 4, 2]],
    [{ order: "highest" }, [2, 1, 4, 5, 3]],
    [{ search: "  gradients question" }, [4]],
    [{ search: "reference 2:" }, [2]],
    [{ search: "answer 3 of base" }, [3]],
    [{ search: "image", show: "win" }, [4]],
    [{ search: "filtered" }, [5]],
    [{ search: "nowhere" }, []],
  ])("%j: lines %j", (listing, lines) => expect(listed(listing)).toEqual(lines));

  it("without texts by the number of a line", () => {
    const bare = comparedCases(
      cases.map(({ line, answers }) => ({ line, answers: answers.map(({ score }) => ({ score })) })),
      1,
    );
    const found = listCases(bare, { show: "all", order: "line", search: "4" }, 1);
    expect(found.map(({ shown }) => shown.line)).toEqual([4]);
  });
});

it("has the largest losses and gains, ten at most, and nothing that is neither", () => {
  expect(extremes(compared, "loss").map(({ shown }) => shown.line)).toEqual([3, 5]);
  expect(extremes(compared, "win").map(({ shown }) => shown.line)).toEqual([2, 4]);
  const many = madeUp({
    scores: { a: Array<number>(30).fill(1), b: Array.from({ length: 30 }, (_, row) => row / 30) },
  });
  expect(extremes(comparedCases(many.cases, 1), "win").map(({ shown }) => shown.line)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
});

it("has no differences where one model is alone", () => {
  const alone = comparedCases(madeUp({ scores: { a: [0.2, 0.9] } }).cases, 1);
  expect(alone.map(({ difference }) => difference)).toEqual([0, 0]);
});

it("counts as the evaluation does", () => {
  const pairs = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.3, 1)), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(pairs, (found) => {
      const [a, b] = [found.map(([one]) => one), found.map(([, one]) => one)];
      const { wins, ties, losses, regressions } = compare("b", a, b, 1);
      const all = comparedCases(madeUp({ scores: { a, b } }).cases, 1);
      const count = (show: keyof typeof shows) => listCases(all, { show, order: "line", search: "" }, 1).length;
      expect([count("win"), count("tie"), count("loss")]).toEqual([wins, ties, losses]);
      expect(count("worse") / found.length).toBeCloseTo(regressions.mean, 10);
    }),
    { numRuns: 20 },
  );
});
