import type { Model, ModelSku } from "@azure/arm-cognitiveservices";

/** A model that a region offers: what can be done with it there, until when, and the ways to deploy it. */
export interface RegionModel {
  /** Kind of the account on which it is offered: `OpenAI`, `AIServices`, ... */
  kind: string;
  /** `OpenAI`, `OpenAI-OSS`, `Meta`, ...: what a deployment of it, or of a model tuned from it, names as `model.format`. */
  format: string;
  /** Without version, e.g. `gpt-4o-mini`. */
  name: string;
  version: string;
  isDefaultVersion: boolean;
  /** What it can do, by Azure's names, e.g. `globalFineTune`: `true`; absent where it can't. */
  capabilities: Readonly<Record<string, string>>;
  /** ISO days on which the training of new models, and the base model's own deployments, end; absent: not announced. */
  deprecation: { fineTune?: string; inference?: string };
  skus: RegionSku[];
}

/** One way to deploy a model. A model tuned from it has entries of its own, with the same `name`. */
export interface RegionSku {
  /** Deployment type, e.g. `GlobalStandard`. */
  name: string;
  /** Name of the quota that a deployment draws on, among the usages of the region. */
  usageName: string;
  /** What one deployment may have, whatever quota is left, in the quota's unit; absent: not listed. */
  capacity: { minimum?: number; maximum?: number; step?: number };
  /** ISO day on which such deployments end; absent: not announced. */
  retiresOn?: string;
}

/** An entry of Resource Manager's list of models (recorded: api-version 2025-06-01, 2026-04), without what nobody here reads. */
export function regionModel({ kind = "", model = {} }: Model): RegionModel {
  const {
    format = "",
    name = "",
    version = "",
    isDefaultVersion = false,
    capabilities = {},
    deprecation = {},
    skus = [],
  } = model;
  return {
    ...{ kind, format, name, version, isDefaultVersion, capabilities },
    deprecation: { fineTune: dayOf(deprecation.fineTune), inference: dayOf(deprecation.inference) },
    skus: skus.map(regionSku),
  };
}

function regionSku({ name = "", usageName = "", capacity = {}, deprecationDate }: ModelSku): RegionSku {
  const { minimum, maximum, step } = capacity;
  return { name, usageName, capacity: { minimum, maximum, step }, retiresOn: dayOf(deprecationDate) };
}

/** `2026-10-01T00:00:00Z` -> `2026-10-01`; undefined for anything that is no date. */
function dayOf(moment: string | Date | undefined): string | undefined {
  const date = new Date(moment ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10);
}
