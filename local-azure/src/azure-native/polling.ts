import { ArmError, stringOf, type ArmAnswer } from "./arm-answer";
import type { ArmClient } from "./arm-client";
import type { EngineCall } from "./engine-call";
import { isObject, type Properties } from "./values";

/** One long-running write: where the resource is and how often its progress is asked for when the service says nothing. */
export interface LongRunning {
  method: "PUT" | "DELETE";
  path: string;
  apiVersion: string;
}

const FREQUENCY_MS = { PUT: 10_000, DELETE: 30_000 };

/**
 * Follows a write to its end by azcore's rules: Azure-AsyncOperation, else Operation-Location, else Location, else
 * the resource's own provisioningState. Waits as the service asks, at first not at all.
 * @returns the resource of a PUT, as far as the polling has shown it; undefined when it has to be read
 * @throws ArmError when the operation failed
 */
export async function pollToEnd(
  client: ArmClient,
  first: ArmAnswer,
  write: LongRunning,
  operation: EngineCall,
): Promise<Properties | undefined> {
  const statusUrl = first.header("azure-asyncoperation") ?? first.header("operation-location");
  const location = first.header("location");
  if (!statusUrl && endState(first.body) === "Succeeded") return first.body;
  if (write.method === "DELETE" && first.status !== 202 && !statusUrl) return undefined;
  if (write.method === "DELETE" && !statusUrl && !location) throw new Error("response is missing polling URL");

  const url = statusUrl ?? location ?? write.path;
  const step = statusUrl ? statusStep : location ? locationStep : resourceStep;
  if (!statusUrl && !location) {
    const done = resourceStep(first);
    if (done) return done.resource;
  }
  let previous = first;
  for (let poll = 0; ; poll++) {
    await operation.wait(previous.retryAfterMs() ?? (poll === 0 ? 0 : FREQUENCY_MS[write.method]));
    previous = await client.poll(url, write.apiVersion, operation);
    if (write.method === "DELETE" && previous.saysGone) return undefined;
    if (previous.status >= 400) throw ArmError.of(previous);
    if (!statusUrl && previous.status === 200 && !previous.isPlausible) throw ArmError.foreign(previous);
    const done = step(previous);
    if (done) return done.resource;
  }
}

/** The end of an operation; undefined while it is running. */
type Step = (answer: ArmAnswer) => { resource: Properties | undefined } | undefined;

const statusStep: Step = (answer) => {
  const status = stringOf(answer.body?.status);
  if (status === undefined)
    throw new Error(`The operation's status is missing in the answer: ${answer.text.slice(0, 500)}`);
  if (isFailure(status)) throw ArmError.of(answer);
  return isSuccess(status) ? { resource: undefined } : undefined;
};

const locationStep: Step = (answer) => (answer.status === 202 ? undefined : { resource: answer.body });

const resourceStep: Step = (answer) => {
  const state = endState(answer.body);
  if (state === "Failed") throw new ArmError(answer.status, undefined, answer.text);
  if (state === "Succeeded") return { resource: answer.body };
  // A 201 without a state is still in progress; a 200 without one is the finished resource.
  const hasState = provisioningState(answer.body) !== undefined;
  return answer.status === 200 && !hasState ? { resource: answer.body } : undefined;
};

function provisioningState(body: Properties | undefined): string | undefined {
  return isObject(body?.properties) ? stringOf(body.properties.provisioningState) : undefined;
}

function endState(body: Properties | undefined): "Succeeded" | "Failed" | undefined {
  const state = provisioningState(body);
  if (state === undefined) return undefined;
  return isSuccess(state) ? "Succeeded" : isFailure(state) ? "Failed" : undefined;
}

const isSuccess = (state: string) => state.toLowerCase() === "succeeded";
const isFailure = (state: string) => ["failed", "canceled", "cancelled"].includes(state.toLowerCase());
