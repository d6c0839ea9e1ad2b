import { expect } from "@jest/globals";

/** The sentence is there, and no stack trace, whatever went wrong. */
export function expectSentence(output: string, sentence: RegExp): void {
  expect(output).toMatch(sentence);
  expect(output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
}
