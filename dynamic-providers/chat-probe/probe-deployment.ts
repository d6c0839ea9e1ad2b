import { modelFormat } from "../../catalog";
import { isTunedName, withoutCheckpoint } from "../../azure-openai/model-names";
import { backoffDelay, type Backoff } from "../../azure-openai/backoff";
import type { ChatAnswer } from "../../azure-openai/chat";
import { ticks, type Clock } from "../../azure-openai/clock";
import { duration } from "../../format/duration";
import type { DataPlane } from "../../azure-openai/data-plane";
import { AzureFailure } from "../../azure-openai/failure";
import type { Say } from "../runtime/say";
import { refusedForGood } from "./refused-for-good";
import type { ChatProbeInputs } from "./schema";

const BETWEEN_TRIES: Backoff = { first: 1_000, cap: 15_000 };
const HEARTBEAT_MS = 60_000;

/** The service's own message speaks of 5 minutes after the creation; a margin on top. */
const NOT_FOUND_MS = 6 * 60_000;

export interface ProbeOptions {
  clock: Clock;
  say: Say;
  stopIfOrphaned: () => Promise<void>;
  /** What is said when the time is over. Default: what to do about the stack's own deployment. */
  late?: (problem: string) => string;
}

/** What is asked of which deployment, and for how long. */
export type Probed = Pick<
  ChatProbeInputs,
  "deploymentName" | "fineTunedModel" | "systemMessage" | "question" | "maxTokens" | "waitMinutes"
>;

/**
 * Asks until the deployment answers from the model that it should serve: Resource Manager's `Succeeded` comes minutes before the first
 * answer (Microsoft's own tests wait ten).
 *
 * @throws Error with what the deployment said last, when the time is over; at once when the question or probe.maxTokens keeps it from answering
 */
export async function probeDeployment(
  dataPlane: DataPlane,
  inputs: Probed,
  { clock, say, stopIfOrphaned, late = (problem) => tooLate(inputs, problem) }: ProbeOptions,
): Promise<ChatAnswer & { latencyMs: number }> {
  const started = ticks(clock);
  const deadline = started + inputs.waitMinutes * 60_000;
  const chat = dataPlane.chatWith(modelFormat(inputs.fineTunedModel));
  let toldAt = -Infinity;
  for (let attempt = 0; ; attempt++) {
    await stopIfOrphaned();
    const asked = ticks(clock);
    const answer = await chat.ask(inputs).catch((error: unknown) => error);
    const refusal = refusedForGood(answer, inputs);
    if (refusal !== undefined) throw new Error(refusal);
    const problem = whatIsMissing(answer, inputs, ticks(clock) - started);
    if (problem === undefined) return { ...(answer as ChatAnswer), latencyMs: Math.round(ticks(clock) - asked) };
    if (ticks(clock) >= deadline) throw new Error(late(problem));
    if (ticks(clock) - toldAt >= HEARTBEAT_MS) {
      const waited = `waited ${duration(ticks(clock) - started)} of up to ${duration(deadline - started)}`;
      say.status(`${waited} · no response from ${inputs.deploymentName} yet: ${problem}`);
      toldAt = ticks(clock);
    }
    const retryAfter = answer instanceof AzureFailure ? answer.retryAfterMs : undefined;
    const pause = backoffDelay(BETWEEN_TRIES, attempt, retryAfter);
    await clock.sleep(Math.max(0, Math.min(pause, deadline - ticks(clock))));
  }
}

function tooLate({ deploymentName, waitMinutes }: Probed, problem: string): string {
  return `The deployment ${deploymentName} did not respond within ${waitMinutes} minutes (probe.waitMinutes): ${problem}. Run \`pulumi up\` again to keep trying; if that does not help, delete the deployment, then run \`pulumi refresh\` and \`pulumi up\`.`;
}

/** What keeps the answer from counting, or `undefined`. @throws what waiting can't fix */
function whatIsMissing(answer: unknown, inputs: Probed, elapsed: number): string | undefined {
  if (answer instanceof AzureFailure) {
    if (isReadyLater(answer, elapsed)) return answer.detail;
    throw answer;
  }
  if (answer instanceof Error) throw answer;
  const { answer: text, model } = answer as ChatAnswer;
  if (text.trim() === "") return "the response was empty";
  return isExpected(model, inputs.fineTunedModel)
    ? undefined
    : `${model} responded instead of ${inputs.fineTunedModel} (switching the model takes a moment)`;
}

function isReadyLater(failure: AzureFailure, elapsed: number): boolean {
  if (failure.code === "DeploymentNotFound") return elapsed < NOT_FOUND_MS;
  return failure.transient || failure.nextStep?.situation === "notReady" || /not ready/i.test(failure.detail);
}

/**
 * The answer names its model. When that is a fine-tuned one it must be ours, or the model that ours is a checkpoint of; a bare
 * base model tells nothing.
 */
function isExpected(answeredBy: string, expected: string): boolean {
  if (!isTunedName(answeredBy)) return true;
  return withoutCheckpoint(answeredBy.toLowerCase()) === withoutCheckpoint(expected.toLowerCase());
}
