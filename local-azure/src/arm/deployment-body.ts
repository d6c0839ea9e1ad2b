import { AzureError } from "../http/azure-error";
import { asObject } from "../http/request";
import { invalidRequestContent } from "./errors";
import { deploymentSkus, findSku } from "./quota";
import { checkBody } from "./request-bodies/check";
import { readTags } from "./tags";

export interface DeploymentBody {
  sku: { name: string; capacity: number };
  /** `source` or `sourceAccount`: ARM ID of the account on which the model was fine-tuned, if it is another one. */
  model: { format: string; name: string; version?: string; source?: string; sourceAccount?: string };
  /** What else was sent under `properties`. */
  properties: Record<string, unknown>;
  tags?: Record<string, string>;
}

/** @throws AzureError 400 naming what is missing or wrong */
export function readDeploymentBody(given: Record<string, unknown>, apiVersion: string): DeploymentBody {
  const body = checkBody("deployment", given);
  const properties = asObject(body.properties);
  const model = asObject(properties?.model);
  if (!properties || !model)
    throw invalidRequestContent("properties.model is required: format, name and version of the model.");
  const { format, name } = model;
  if (typeof format !== "string" || typeof name !== "string" || name === "")
    throw invalidRequestContent("properties.model needs format and name.");
  const { model: _model, ...rest } = properties;
  return {
    sku: readSku(body.sku ?? impliedSku(properties.scaleSettings, apiVersion)),
    model: { ...withoutBlanks(model), format, name },
    properties: rest,
    tags: readTags(body.tags),
  };
}

function withoutBlanks(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== ""));
}

/** Since this api-version a deployment's size is its `sku`. */
const SCALE_SETTINGS_END = "2023-05-01";

/**
 * What a body without `sku` means: `Standard` (recorded), or, of an older api-version, what `scaleSettings` says.
 * @throws AzureError 400 when a newer one has `scaleSettings` (recorded)
 */
function impliedSku(scaleSettings: unknown, apiVersion: string): object {
  const settings = asObject(scaleSettings);
  if (settings && apiVersion.slice(0, 10) >= SCALE_SETTINGS_END) {
    const sentence = `The scale settings of account deployment is deprecated since API version '${SCALE_SETTINGS_END}', please use 'sku' instead.`;
    throw new AzureError(400, "InvalidResourceProperties", sentence);
  }
  return { name: settings?.scaleType ?? "Standard", capacity: settings?.capacity };
}

/** Case of the name does not matter, and the CLI sends the capacity as a text. */
export function readSku(value: unknown): { name: string; capacity: number } {
  const { name, capacity = 1 } = asObject(value) ?? {};
  if (typeof name !== "string") throw invalidRequestContent("sku.name is required.");
  const sku = findSku(name);
  if (!sku) {
    const sentence = `The specified SKU '${name}' of account deployment is not supported. It can be one of ${deploymentSkus.join(", ")}.`;
    throw new AzureError(400, "InvalidResourceProperties", sentence);
  }
  const units = Number(capacity);
  if (!Number.isInteger(units) || units < 1) {
    const sentence = `The capacity '${String(capacity)}' of account deployment is not valid: it must be a whole number from 1.`;
    throw new AzureError(400, "InvalidResourceProperties", sentence);
  }
  return { name: sku, capacity: units };
}
