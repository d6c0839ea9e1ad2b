import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { DIMENSIONS, embedding } from "../../../src/data-plane/embeddings/hashed-ngrams";

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
const near = (a: string, b: string) => cosine(embedding(a), embedding(b));

describe("embedding", () => {
  it("is the same for the same text, of length 1, in as many dimensions as asked for", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: DIMENSIONS }), (text, dimensions) => {
        const vector = embedding(text, dimensions);
        expect(vector).toHaveLength(dimensions);
        expect(vector).toEqual(embedding(text, dimensions));
        expect(cosine(vector, vector)).toBeCloseTo(1, 4);
      }),
      { numRuns: 50 },
    );
  });

  it("begins with the whole vector's first numbers, scaled", () => {
    const [whole, part] = [embedding("What is a token?"), embedding("What is a token?", 256)];
    const scale = part.findLast((value) => value !== 0)! / whole.subarray(0, 256).findLast((value) => value !== 0)!;
    for (const at of [0, 17, 100, 255]) expect(part[at]).toBeCloseTo(whole[at]! * scale, 5);
  });

  it("is near for texts that share words or parts of them, in any script", () => {
    expect(near("training a model", "models in training")).toBeGreaterThan(
      near("training a model", "the weather in Oslo") + 0.2,
    );
    expect(near("機械学習とは何ですか", "機械学習の方法")).toBeGreaterThan(
      near("機械学習とは何ですか", "今日は天気がいい") + 0.1,
    );
    expect(near("Token", "token")).toBeCloseTo(1, 5);
  });

  it("spreads unrelated texts over all dimensions", () => {
    const texts = Array.from({ length: 200 }, (_, at) => `w${at * 7919} x${at * 104_729}`);
    const used = new Set(
      texts.flatMap((text) => [...embedding(text).entries()].filter(([, value]) => value !== 0).map(([at]) => at)),
    );
    expect(used.size).toBeGreaterThan(DIMENSIONS * 0.6);
    expect(near(texts[0]!, texts[1]!)).toBeLessThan(0.3);
  });

  it("takes tokens, whose order counts", () => {
    expect(embedding([1, 2, 3])).toEqual(embedding([1, 2, 3]));
    expect(cosine(embedding([1, 2, 3]), embedding([3, 2, 1]))).toBeLessThan(0.999);
  });
});
