import type { TrainingType } from "./catalog";

/** The spellings in use: settings, service samples (`developerTier`, `globalStandard`) and deployment SKUs. */
const spellings: Record<string, TrainingType> = {
  standard: "Standard",
  regional: "Standard",
  datazone: "DataZone",
  datazonestandard: "DataZone",
  globalstandard: "GlobalStandard",
  global: "GlobalStandard",
  developer: "Developer",
  developertier: "Developer",
};

/** All training types, as the catalog names them. */
export const trainingTypes: readonly TrainingType[] = ["Standard", "DataZone", "GlobalStandard", "Developer"];

/** The catalog's name of a training type however it is spelt; `undefined` for an unknown one. */
export function trainingTypeOf(name: string): TrainingType | undefined {
  const spelling = name.toLowerCase();
  return Object.hasOwn(spellings, spelling) ? spellings[spelling] : undefined;
}
