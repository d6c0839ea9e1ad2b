import type { RuleCode } from "../rules/codes";
import type { ExamineSettings } from "./settings";

/** The finding about a row's length, if it is too long or may be cut. */
export function shownExcess(total: number, settings: ExamineSettings): { code: RuleCode; message: string } | undefined {
  const { trainingContext, truncationFrom, model } = settings;
  if (trainingContext !== undefined && total > trainingContext) {
    const message = `The example has ${total} tokens; ${model} takes ${trainingContext} in training: split or shorten it.`;
    return { code: "over-token-limit", message };
  }
  if (truncationFrom !== undefined && total > truncationFrom) {
    const cut = `Azure's documents give ${truncationFrom} and ${trainingContext} as the limit of ${model}`;
    return {
      code: "near-token-limit",
      message: `The example has ${total} tokens and may be cut at its end (${cut}): shorten it.`,
    };
  }
  return undefined;
}
