import data from "./regions.json";
import { normalRegion } from "./resources";

/** Regions in which an account of kind OpenAI can be created; `name` is the short form. */
export const regions: readonly { name: string; displayName: string }[] = data.regions;

export function findRegion(asked: string): { name: string; displayName: string } | undefined {
  return regions.find(({ name }) => name === normalRegion(asked));
}
