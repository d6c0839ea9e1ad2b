import { bodyObject, param } from "../../http/request";
import { checkpointName, checkpointSteps, totalSteps } from "../../models/tuned-model";
import { mayDo } from "../../rbac/permissions";
import type { AccountRecord, CheckpointCopyRecord, JobRecord } from "../../world/state";
import type { Call } from "../api/call";
import { invalidPayload, notFound } from "../api/errors";
import { checkpointId } from "./checkpoints";

const HEADER = "aoai-copy-ft-checkpoints";
/** What the source account's identity must be allowed on the destination; its role is documented, the action a guess. */
const COPY_ACTION = "Microsoft.CognitiveServices/accounts/OpenAI/fine-tunes/write";

/**
 * Copies a checkpoint to another account, where it can be deployed by its name although no list shows it. What must be given there is
 * documented: a job has run on it, both accounts have public access, and a user-assigned identity of the source account may use it. That a
 * copy which lacks this ends as Failed, and how long one takes (as a deployment), are guesses.
 *
 * @throws AzureError 400 (header, destination), 404 (no such checkpoint); codes and texts: guess
 */
export function copyCheckpoint(call: Call, job: JobRecord): unknown {
  const { world, account, now } = call;
  const step = stepOf(call, job);
  const { destinationResourceId, region } = bodyObject(call.request);
  const destination = destinationOf(call, destinationResourceId, region);
  const failed = !canReceive(call, destination);
  const endsAt = now + world.settings.deploymentSeconds * 1000;
  const copy: CheckpointCopyRecord = {
    ...{ jobId: job.id, step, endsAt, failed },
    ...{ destinationResourceId: destinationResourceId as string, region: region as string },
  };
  account.dataPlane.checkpointCopies = [...(account.dataPlane.checkpointCopies ?? []), copy];
  if (!failed) {
    const whole = step === totalSteps(job);
    const arrived = { job: structuredClone(job), ...(whole ? {} : { step }), arrivesAt: endsAt };
    destination.dataPlane.copiedModels = [...(destination.dataPlane.copiedModels ?? []), arrived];
  }
  world.save();
  return copiesOf(call, job, step);
}

/** How far the copies of a checkpoint are. @throws AzureError 400, 404 */
export function checkpointCopies(call: Call, job: JobRecord): unknown {
  return copiesOf(call, job, stepOf(call, job));
}

function copiesOf({ account, now }: Call, job: JobRecord, step: number) {
  const copies = (account.dataPlane.checkpointCopies ?? []).filter(
    (copy) => copy.jobId === job.id && copy.step === step,
  );
  return {
    checkpointedModelName: checkpointName(job, step),
    fineTuningJobId: job.id,
    copiedAccountDetails: copies.map(({ destinationResourceId, region, endsAt, failed }) => ({
      ...{ destinationResourceId, region },
      status: now < endsAt ? "InProgress" : failed ? "Failed" : "Completed",
    })),
  };
}

function stepOf({ request, now }: Call, job: JobRecord): number {
  if (request.headers[HEADER] !== "preview")
    throw invalidPayload(`The header ${HEADER} is required: its value is 'preview'.`, HEADER);
  const id = param(request, "checkpoint");
  const step = checkpointSteps(job, now).find((candidate) => checkpointId(job, candidate) === id);
  if (step === undefined) throw notFound("checkpoint", id);
  return step;
}

function destinationOf({ world, account }: Call, id: unknown, region: unknown): AccountRecord {
  if (typeof id !== "string" || id === "")
    throw invalidPayload("destinationResourceId is required: the ARM ID of an account.", "destinationResourceId");
  if (typeof region !== "string" || region === "")
    throw invalidPayload("region is required: the region of the destination account.", "region");
  const found = world.state.accounts.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (!found) throw invalidPayload(`destinationResourceId '${id}' was not found.`, "destinationResourceId");
  if (found === account)
    throw invalidPayload("destinationResourceId is the account that has the checkpoint.", "destinationResourceId");
  if (shortRegion(found.location) !== shortRegion(region))
    throw invalidPayload(`region is '${region}', but the destination is in '${found.location}'.`, "region");
  return found;
}

function shortRegion(region: string): string {
  return region.toLowerCase().replaceAll(" ", "");
}

function canReceive({ world, account }: Call, destination: AccountRecord): boolean {
  const isPublic = [account, destination].every(({ properties }) => properties.publicNetworkAccess !== "Disabled");
  const mayWrite = identitiesOf(account).some((principal) =>
    mayDo(world, principal, { dataAction: COPY_ACTION }, destination.id),
  );
  return isPublic && mayWrite && destination.dataPlane.jobsEverCreated > 0;
}

/** Object ids of an account's user-assigned identities. */
function identitiesOf({ identity }: AccountRecord): string[] {
  const assigned = (identity?.userAssignedIdentities ?? {}) as Record<string, { principalId?: unknown } | null>;
  return Object.values(assigned).flatMap((one) => (typeof one?.principalId === "string" ? [one.principalId] : []));
}
