import { type OfferedModel, tunedDeploymentTypes, tunedSkus } from "../../catalog";

/** When the last tuned deployment type ends there; undefined where no date is announced. */
export function lastDeployment(offer: OfferedModel): string | undefined {
  const types = tunedDeploymentTypes(offer);
  const dates = tunedSkus(offer).flatMap(({ name, retiresOn }) =>
    types.includes(name) && retiresOn !== undefined ? [retiresOn] : [],
  );
  return dates.sort().at(-1);
}

/** Azure's way to say that there is no date (recorded, of models that are not OpenAI's). */
export function isNoDate(value: unknown): boolean {
  return typeof value === "string" && value.startsWith("2099-");
}
