import type { RuleCode } from "../rules/codes";
import type { ExamineSettings } from "./settings";

/**
 * The finding about a row's length, if it is too long or may be cut.
 *
 * @param longest - tokens that the model sees at once.
 */
export function tokenLimitFinding(
  longest: number,
  settings: ExamineSettings,
): { code: RuleCode; message: string } | undefined {
  const { trainingContext, truncationFrom, model, method } = settings;
  const tokens = `${longest} tokens${method === "dpo" ? " (input and longer output)" : ""}`;
  if (trainingContext !== undefined && longest > trainingContext) {
    const message = `The example has ${tokens}; ${model} accepts at most ${trainingContext} in training. Split or shorten it.`;
    return { code: "over-token-limit", message };
  }
  if (truncationFrom !== undefined && longest > truncationFrom) {
    const cut = `Azure's documentation gives conflicting limits for ${model}: ${truncationFrom} and ${trainingContext}`;
    return {
      code: "near-token-limit",
      message: `The example has ${tokens} and may be truncated (${cut}). Shorten it to be sure.`,
    };
  }
  return undefined;
}
