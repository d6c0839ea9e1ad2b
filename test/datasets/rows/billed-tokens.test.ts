import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readTrainingRow } from "local-azure/data-plane/rows/training-row";
import { billedTokens, toSequence } from "local-azure/data-plane/training/token-sequence";
import { examine } from "../examine";

const message = (role: string, content: string) => ({ role, content });
const text = fc.string({ unit: "binary", minLength: 1, maxLength: 30 });

/** What the rehearsal bills for one epoch of a row. */
function billed(row: string): number {
  const read = readTrainingRow(row);
  return billedTokens(toSequence(read), read);
}

async function counted(row: string, method: "supervised" | "dpo"): Promise<number> {
  const options = { method, role: "validation", model: "gpt-4o-mini-2024-07-18" } as const;
  return (await examine(row, options)).report.tokens.total.sum;
}

describe("tokens of an epoch", () => {
  it("are those of the input with each output, for a preference row of any text", async () => {
    const row = fc.record({ system: text, user: text, good: text, bad: text });
    await fc.assert(
      fc.asyncProperty(row, async ({ system, user, good, bad }) => {
        const messages = [message("system", system), message("user", user)];
        const outputs = [message("assistant", good), message("assistant", bad)] as const;
        const line = JSON.stringify({
          input: { messages },
          preferred_output: [outputs[0]],
          non_preferred_output: [outputs[1]],
        });
        const chats = outputs.map((output) =>
          counted(JSON.stringify({ messages: [...messages, output] }), "supervised"),
        );
        const sum = (await Promise.all(chats)).reduce((total, tokens) => total + tokens, 0);
        expect(await counted(line, "dpo")).toBe(sum);
        expect(billed(line)).toBe(sum);
      }),
      { numRuns: 25 },
    );
  });

  // 7,223,000 tokens for 2,750 rows and 3 epochs lie nearer to this rule than to the input counted once, whose share grows with the input.
  it("count a long input twice", async () => {
    const line = JSON.stringify({
      input: { messages: [message("user", "word ".repeat(500))] },
      preferred_output: [message("assistant", "Yes.")],
      non_preferred_output: [message("assistant", "No.")],
    });
    expect(await counted(line, "dpo")).toBeGreaterThan(1000);
    expect(await counted(line, "dpo")).toBe(billed(line));
  });

  it("are all of the messages once, for a chat row", async () => {
    const line = JSON.stringify({ messages: [message("user", "How deep?"), message("assistant", "Very deep.")] });
    expect(await counted(line, "supervised")).toBe(billed(line));
  });
});
