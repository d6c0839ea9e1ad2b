import { printableLine } from "../../azure-openai/printable-text";
import { changesOf } from "./changes";
import { withoutSecrets } from "./secrets";
import type { Step } from "./steps";

/** The changes that a reviewer cares about, one line each: what, how it changes, before and after. */
export function changeLines(steps: Step[]): string {
  const changes = changesOf(steps);
  if (changes.length === 0) return "No resource changes.";
  const widthOf = (texts: string[]) => Math.max(...texts.map((text) => text.length));
  const [first, second] = [widthOf(changes.map(({ what }) => what)), widthOf(changes.map(({ change }) => change))];
  return changes
    .map(({ what, change, before, after }) => {
      const values = [before, after].filter((value) => value !== "").join(" -> ");
      return printableLine(
        withoutSecrets(`  ${what.padEnd(first)}  ${change.padEnd(second)}  ${values.replaceAll("`", "")}`),
      ).trimEnd();
    })
    .join("\n");
}
