import { messageOf } from "../../azure-openai/message-of";
import type { Evaluation } from "../../evaluation/result";
import { LimitReached } from "../../evaluation/running/budget";
import type { Context } from "../runtime/context";
import { PartialFailure } from "../runtime/partial-failure";
import { sayAs, type Say } from "../runtime/say";
import { toState } from "../runtime/to-state";
import { probeDeployment } from "../chat-probe/probe-deployment";
import { type Answered, ask, type Asking, askNobody } from "./ask";
import { keepResults } from "./keep-results";
import { comparisonOf, planEvaluation } from "./plan";
import type { Test } from "./read-test";
import { withComparison, withResult } from "./remember";
import type { EvaluationInputs, EvaluationState, Found } from "./schema";
import { TemporaryDeployments } from "./temporary-deployment";
import { verdictOf } from "./verdict";
import { type Participant, placeOf } from "./who-is-asked";

/** Shows that a temporary deployment answers; its answer is not looked at. */
const FIRST_QUESTION = { systemMessage: "", question: "Are you there?", maxTokens: 1_000 };

/**
 * Asks the models whose scores are not known, one after the other, and judges the candidate. No temporary deployment is left, however it ends.
 *
 * @param before - what is known already
 * @throws PartialFailure with the scores so far, which the next run does not ask for again
 */
export async function runEvaluation(
  context: Context,
  inputs: EvaluationInputs,
  test: Test,
  before: Found,
): Promise<EvaluationState> {
  const say = sayAs(context, "evaluation");
  const temporaries = new TemporaryDeployments(context, inputs.accountId, inputs, say);
  let found = before;
  try {
    const plan = await planEvaluation(context, inputs, test, before);
    const maxUsd = inputs.maxUsd === undefined ? undefined : inputs.maxUsd - (plan.cost?.hosting ?? 0);
    const { catalog, judges } = plan;
    const { location, maxTokens } = inputs;
    const asking = { context, catalog, location, test, judges, maxTokens, say };
    const asked = new Map<string, Evaluation>();
    let left = maxUsd;
    for (const one of plan.asked) {
      const { result, spentUsd, evaluation } = await askOne(inputs, asking, one, temporaries, left);
      found = withResult(found, result);
      asked.set(one.answersAs, evaluation);
      if (left !== undefined) left -= spentUsd;
    }
    if (!plan.verdict) found = withComparison(found, comparisonOf(plan, Math.floor(context.clock.now() / 1000)));
    await temporaries.sweep();
    const verdict = verdictOf(found, plan.question)!;
    if (!plan.verdict) {
      const judged = plan.candidates.find(({ model }) => model === verdict.model)!;
      await keepResults(inputs, asking, [judged, ...plan.opponents], asked);
    }
    say(verdict.passed ? `passed: ${verdict.summary}` : `not passed: ${verdict.reasons.join("; ")}`);
    return toState({ ...inputs, stateVersion: 1 as const, ...found, ...verdict });
  } catch (error) {
    const reason =
      error instanceof LimitReached ? `${error.message} The setting is evaluation.maxUsd.` : messageOf(error);
    const problem = await leftovers(temporaries, say);
    throw new PartialFailure(`The model has not been evaluated yet: ${reason}${problem}`, "evaluation", inputs, {
      stateVersion: 1,
      ...found,
    });
  }
}

/** Asks a model where it is deployed, or on a deployment that is made for it. */
async function askOne(
  inputs: EvaluationInputs,
  asking: Asking,
  one: Participant,
  temporaries: TemporaryDeployments,
  maxUsd: number | undefined,
): Promise<Answered> {
  const { name, place, temporary } = one;
  if (place) return ask(asking, { name, place, alone: false, maxUsd });
  const made = placeOf(inputs, one);
  const deploymentName = made.deployment.name!;
  const asked = { name, place: made, alone: true, maxUsd };
  // Another grader, or the end of an interrupted run, may need no further answer.
  const kept = await askNobody(asking, asked);
  if (kept) return kept;
  // One at a time: they need no more room than one.
  await temporaries.sweep(deploymentName);
  await temporaries.make(deploymentName, temporary!);
  await untilItAnswers(inputs, asking, deploymentName, one.model);
  const answered = await ask(asking, asked);
  await temporaries.remove(deploymentName);
  return answered;
}

async function untilItAnswers(
  { accountId, waitMinutes }: EvaluationInputs,
  { context, say }: Asking,
  deploymentName: string,
  model: string,
): Promise<void> {
  const dataPlane = await (await context.azure()).dataPlane(accountId);
  const late = (problem: string) =>
    `The temporary deployment ${deploymentName} did not respond within ${waitMinutes} minutes (probe.waitMinutes): ${problem}. Run \`pulumi up\` again to try another one.`;
  const wanted = { deploymentName, fineTunedModel: model, waitMinutes, ...FIRST_QUESTION };
  const options = { clock: context.clock, say, stopIfOrphaned: () => context.stopIfOrphaned(), late };
  await probeDeployment(dataPlane, wanted, options);
}

/** Whatever went wrong, a deployment that is left costs money: the next run, `recover` and `destroy` remove it too. */
async function leftovers(temporaries: TemporaryDeployments, say: Say): Promise<string> {
  try {
    await temporaries.sweep();
    return "";
  } catch (error) {
    say(`the temporary deployment could not be removed: ${messageOf(error)}`);
    return " Its temporary deployment is still there: the next `pulumi up` or `destroy` removes it.";
  }
}
