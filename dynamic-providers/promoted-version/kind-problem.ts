import { sameName } from "../../format/same-name";
import type { RegionModel } from "../../azure-openai/region-model";
import { accountKinds, findModel, isOfferedOn } from "../../catalog";
import { quotaNameOf } from "../deployment-quota/quota-name";
import type { PromotedVersionInputs } from "./schema";

/**
 * Why accounts of the target's kind can't serve the version: models of other publishers are offered on Foundry accounts alone. The region's list
 * decides where it has the kind at all, else the catalog.
 *
 * @param models - the region's list; absent: it can't be read
 */
export function kindProblem(
  { version, accountKind, sku }: PromotedVersionInputs,
  models: RegionModel[] = [],
): string | undefined {
  if (accountKind === undefined || sku === undefined) return undefined;
  const listed = models.some(({ kind }) => sameName(kind, accountKind));
  const known = findModel(version.base);
  const offers = (wanted: string) =>
    listed
      ? quotaNameOf(ofKind(models, wanted), sku, version.fineTunedModel) !== undefined
      : known === undefined || isOfferedOn(known, wanted);
  if (offers(accountKind)) return undefined;
  const others = accountKinds.filter((kind) => !sameName(kind, accountKind) && offers(kind));
  if (others.length === 0) return undefined;
  const { stack, version: number } = version.promotedFrom;
  const kinds = others.join(" or ");
  return (
    `Version ${number} of ${stack} can't be promoted: models tuned from ${version.base} can't be deployed in an account of kind ${accountKind}; only accounts of kind ${kinds} offer them. ` +
    `Set account.kind to ${kinds}, set account.name to an existing account of that kind, or promote a version of another base model.`
  );
}

/** What a region offers on accounts of a kind. */
function ofKind(models: RegionModel[], kind: string): RegionModel[] {
  return models.filter((model) => sameName(model.kind, kind));
}
