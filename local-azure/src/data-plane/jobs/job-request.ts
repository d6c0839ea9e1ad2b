import { randomInt } from "node:crypto";
import { bodyObject } from "../../http/request";
import type { Hyperparameters, JobMethod, JobRecord } from "../../world/state";
import type { Call } from "../api/call";
import { invalidPayload } from "../api/errors";
import { readMetadata } from "../api/metadata";
import { readHyperparameters } from "./hyperparameters";
import { methodHyperparameters, readMethod } from "./job-method";
import { readIntegrations, readSeed, readSuffix, readTrainingType } from "./job-options";

/** Members of the body that have a meaning here. */
const knownMembers = new Set([
  ...["model", "training_file", "validation_file", "hyperparameters", "method", "suffix", "seed"],
  ...["integrations", "metadata", "trainingType"],
]);

/** What a client asks for, each member of the right form; whether the account can do it is for `admit` to say. */
export interface JobRequest extends Pick<
  JobRecord,
  "suffix" | "seed" | "integrations" | "metadata" | "trainingType" | "unknownMembers"
> {
  /** Base or fine-tuned model, with or without version. */
  model: string;
  method?: JobMethod;
  /** Ids of files as sent. */
  trainingFile: unknown;
  validationFile?: unknown;
  /** -1 = auto. */
  hyperparameters: Hyperparameters;
}

/** @throws AzureError 400 naming the member that has the wrong form */
export function readJobRequest({ request, flavour, account }: Call): JobRequest {
  const body = bodyObject(request);
  const method = readMethod(body.method);
  return {
    model: readModel(body.model),
    ...optional("method", method),
    trainingFile: body.training_file,
    ...optional("validationFile", body.validation_file ?? undefined),
    hyperparameters: hyperparametersOf(body, method),
    ...optional("suffix", readSuffix(body.suffix, flavour)),
    seed: readSeed(body.seed) ?? randomInt(2147483647),
    ...optional("integrations", readIntegrations(body.integrations, account.kind)),
    ...optional("metadata", readMetadata(body.metadata)),
    ...optional("trainingType", readTrainingType(body.trainingType)),
    ...optional("unknownMembers", unknownMembers(body)),
  };
}

/** That Azure takes what it doesn't know, and ignores it, is a guess: it does so with members of `method`, which its answers repeat. */
function unknownMembers(body: Record<string, unknown>): Record<string, unknown> | undefined {
  const unknown = Object.entries(body).filter(([name]) => !knownMembers.has(name));
  return unknown.length > 0 ? Object.fromEntries(unknown) : undefined;
}

function readModel(name: unknown): string {
  if (typeof name !== "string" || name === "")
    throw invalidPayload("model is required: the name of a base model or of a fine-tuned model.", "model");
  return name;
}

/** Those of the method, else those beside it, where the first versions of the API had them. */
function hyperparametersOf(body: Record<string, unknown>, method: JobMethod | undefined): Hyperparameters {
  const nested = methodHyperparameters(method);
  return nested
    ? readHyperparameters(nested, `method.${method!.type}.hyperparameters`)
    : readHyperparameters(body.hyperparameters, "hyperparameters");
}

/** The member if it has a value; a record holds no undefined ones. */
export function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
