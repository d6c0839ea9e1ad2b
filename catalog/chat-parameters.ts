import type { CatalogModel } from "./catalog";

/** Parameters of a chat that some model refuses, under the names of `ChatParameters`. */
export type RefusedParameter = "temperature" | "topP" | "frequencyPenalty" | "presencePenalty" | "stop";

/** Source: `reasoning` in models.json. */
const refusedByReasoning: RefusedParameter[] = ["temperature", "topP", "frequencyPenalty", "presencePenalty", "stop"];

/** What a deployment of the model, or of one tuned from it, answers 400 to. */
export function refusedParameters({ reasoning }: CatalogModel): RefusedParameter[] {
  return reasoning ? refusedByReasoning : [];
}
