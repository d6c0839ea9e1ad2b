import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { withoutPlanMessage } from "../../../stack/pulumi-cli/plan-message";

const message =
  "\u001b[0mUpdate plan written to '/tmp/plan.json'\nRun `pulumi up --plan='/tmp/plan.json'` to constrain the update\n\u001b[0m";

function shown(...chunks: string[]): string {
  let text = "";
  const filter = withoutPlanMessage((part) => (text += part));
  for (const chunk of chunks) filter.write(chunk);
  filter.end();
  return text;
}

it.each([
  ["the message alone", [message.slice(0, -4)], ""],
  ["between others", [`warning: a\n${message}error: b\n`], "warning: a\n\u001b[0merror: b\n"],
  ["without its last line end", ["Update plan written to 'x'"], ""],
  ["words that begin alike", ["Update plan refused\n", "Run"], "Update plan refused\nRun"],
  ["the same words within a line", ["see: Update plan written to 'x'\n"], "see: Update plan written to 'x'\n"],
])("%s", (_what, chunks, left) => {
  expect(shown(...chunks)).toBe(left);
});

it("a question without a line end is shown at once", () => {
  let text = "";
  withoutPlanMessage((part) => (text += part)).write("Enter your passphrase: ");
  expect(text).toBe("Enter your passphrase: ");
});

it("however the text is cut into chunks, the same is shown", () => {
  const text = "warning: one\nUpdate plan written to 'x'\nUpdates\nRun `pulumi up --plan='x'` to\nRun away\nlast";
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length })), (cuts) => {
      const at = [0, ...cuts.sort((one, other) => one - other), text.length];
      const chunks = at.slice(1).map((end, index) => text.slice(at[index], end));
      expect(shown(...chunks)).toBe("warning: one\nUpdates\nRun away\nlast");
    }),
  );
});
