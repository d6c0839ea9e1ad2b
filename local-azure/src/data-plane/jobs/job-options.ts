import { asObject } from "../../http/request";
import { invalidPayload } from "../api/errors";
import type { Flavour } from "../api/flavour";

/** Longest suffix: 40 in the dated schema, 64 in v1's. A dot is reserved: it separates the parts of a model's name. */
export function readSuffix(value: unknown, flavour: Flavour): string | undefined {
  if (value === undefined || value === null) return undefined;
  const most = flavour.kind === "v1" ? 64 : 40;
  if (typeof value !== "string" || !/^[A-Za-z0-9_-]+$/.test(value) || value.length > most) {
    const allowed = `1 to ${most} characters of A-Z, a-z, 0-9, - and _`;
    throw invalidPayload(
      `suffix is ${JSON.stringify(value)}; it must be ${allowed} ('.' is a reserved character).`,
      "suffix",
    );
  }
  return value;
}

export function readSeed(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 2147483647)
    throw invalidPayload(`seed is ${JSON.stringify(value)}; it must be a whole number from 0 to 2147483647.`, "seed");
  return value;
}

export function readIntegrations(value: unknown, accountKind: string): unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  const fits = (entry: unknown): boolean => {
    const integration = asObject(entry);
    return integration?.type === "wandb" && typeof asObject(integration.wandb)?.project === "string";
  };
  if (!Array.isArray(value) || !value.every(fits))
    throw invalidPayload("integrations must be a list of {type: 'wandb', wandb: {project, ...}}.", "integrations");
  // Documented that Foundry accounts have no Weights & Biases; code and text are guesses.
  if (accountKind === "AIServices" && value.length > 0)
    throw invalidPayload("Weights & Biases integrations are not supported on this kind of account.", "integrations");
  return value as unknown[];
}

/** `trainingType` as answers write it, by any spelling that is accepted. The number is what some clients send for Standard. */
const trainingTypes = new Map([
  ["standard", "standard"],
  ["globalstandard", "globalStandard"],
  ["datazonestandard", "dataZoneStandard"],
  ["developertier", "developerTier"],
  ["1", "standard"],
]);

/** In no published schema; case does not matter, and the answer has it in camel case (recorded). */
export function readTrainingType(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const spelled = typeof value === "string" || typeof value === "number" ? String(value).toLowerCase() : "";
  const known = trainingTypes.get(spelled);
  if (known === undefined) {
    const allowed = "Standard, GlobalStandard, DataZoneStandard or DeveloperTier";
    throw invalidPayload(`trainingType is ${JSON.stringify(value)}; it must be ${allowed}.`, "trainingType");
  }
  return known;
}
