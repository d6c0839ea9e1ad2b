/**
 * The service's word for each training type. It is in no published schema; Standard, GlobalStandard and developerTier are what
 * Microsoft's samples and tests send. `DataZoneStandard` is a guess after the deployment SKU of that name.
 */
const WIRE_NAMES: Record<string, string> = {
  standard: "Standard",
  globalstandard: "GlobalStandard",
  developer: "developerTier",
  developertier: "developerTier",
  datazone: "DataZoneStandard",
  datazonestandard: "DataZoneStandard",
};

/** What a person may write, for error sentences. */
export const TRAINING_TYPES = ["Standard", "DataZone", "GlobalStandard", "Developer"];

/** The service's word, or `undefined` for an unknown training type. Case doesn't matter. */
export function wireTrainingType(trainingType: string): string | undefined {
  return WIRE_NAMES[trainingType.toLowerCase()];
}
