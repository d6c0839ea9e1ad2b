import { sameName } from "../../format/same-name";
import type { RegionModel, RegionSku } from "../../azure-openai/region-model";
import { baseModelName, findModel } from "../../catalog";

/** What names a quota in the region's list. */
type Listed = Pick<RegionModel, "name" | "version" | "isDefaultVersion"> & {
  skus: Pick<RegionSku, "name" | "usageName">[];
};

/**
 * Name of the quota that a deployment of a fine-tuned model draws on, as the region's list of models gives it. A tuned model has an entry of
 * its own there: the deployment type of the base model's, and a `usageName` that ends with `-finetune`, in any case (recorded, 2026-04;
 * Azure's own CLI tests for that suffix). It is never put together from the model's name: the gpt-4.1 family is spelled `gpt4.1`, and others
 * differ in other ways. Provisioned deployments of base and tuned models share one quota, which has no such suffix.
 *
 * @param model - base model or one tuned from it, e.g. `gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678-chat`
 * @param tuned - false for a deployment of the base model itself, whose quota lacks the suffix
 * @returns `undefined` where the region doesn't list such a deployment
 */
export function quotaNameOf(models: Listed[], sku: string, model: string, tuned = true): string | undefined {
  return tierOf(models, sku, model, tuned)?.usageName;
}

/** The entry of the region's list that such a deployment is made by: `quotaNameOf` has the rules. */
export function tierOf<Model extends Listed>(
  models: Model[],
  sku: string,
  model: string,
  tuned = true,
): Model["skus"][number] | undefined {
  const base = baseModelName(model).toLowerCase();
  const id = findModel(base)?.id ?? base;
  const sameVersion = models.filter(({ name, version }) => `${name}-${version}`.toLowerCase() === id);
  const ofName = models.filter(({ name }) => name.toLowerCase() === id);
  const listed =
    sameVersion.length > 0
      ? sameVersion
      : ofName.sort((a, b) => Number(b.isDefaultVersion) - Number(a.isDefaultVersion));
  const provisioned = /provisioned/i.test(sku);
  return listed
    .flatMap(({ skus }) => skus)
    .filter(({ name }) => sameName(name, sku))
    .find(({ usageName }) => usageName !== "" && (provisioned || /-finetune$/i.test(usageName) === tuned));
}
