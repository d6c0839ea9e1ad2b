import { mergeEvaluations } from "../../evaluation/results/merge-evaluations";
import { resultsFile, writeResults } from "../../evaluation/results/results-file";
import type { Evaluation } from "../../evaluation/result";
import { messageOf } from "../../azure-openai/message-of";
import { isUnknown } from "../runtime/unknown";
import { answersFolder, askNobody, type Asking } from "./ask";
import type { EvaluationInputs } from "./schema";
import { type Participant, placeOf } from "./who-is-asked";

/**
 * Writes the results with all texts to the user's cache, where report and playground find them. Where the texts of a model are not on this
 * machine, since its scores came with the state, there are none: that is no reason to ask it again, nor to fail.
 *
 * @param participants - the one that was judged first
 * @param asked - evaluations of this run, by what the answers are kept under
 */
export async function keepResults(
  inputs: EvaluationInputs,
  asking: Asking,
  participants: readonly Participant[],
  asked: ReadonlyMap<string, Evaluation>,
): Promise<void> {
  const { context, test, say } = asking;
  const silent = { ...asking, say: Object.assign(() => undefined, { status: () => undefined }) };
  try {
    const all: Evaluation[] = [];
    for (const one of participants) {
      if (isUnknown(one.answersAs)) return;
      const known = asked.get(one.answersAs);
      const place = placeOf(inputs, one);
      const kept = known ?? (await askNobody(silent, { name: one.name, place, alone: true }))?.evaluation;
      if (!kept) return;
      all.push(kept);
    }
    const evaluation = mergeEvaluations(all as [Evaluation, ...Evaluation[]], test.grader, inputs.rule);
    const file = resultsFile(answersFolder(await context.azure()), evaluation.summary);
    writeResults(file, evaluation);
    say(`full results, including all text: ${file}`);
  } catch (error) {
    say(`could not write the full results: ${messageOf(error)}`);
  }
}
