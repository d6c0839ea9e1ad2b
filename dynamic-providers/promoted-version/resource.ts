import { lateBoundResource } from "../runtime/late-bound-resource";
import type { PromotedVersionArgs, PromotedVersionState } from "./schema";

/**
 * A version of another stack that this one serves. At preview it says which one, and looks whether it can be had: whether the model is still
 * there, whether the signed-in identity may use it, and whether the region serves it.
 *
 * @example
 * ```ts
 * const promotedFrom = { stack: "dev", version: 3, accountId: developmentAccountId };
 * const promoted = new PromotedVersion("tutor-promoted", {
 *   version: { ...versionOfTheRegister, promotedFrom }, accountPath: account.path, location: "swedencentral", sku: "Standard",
 * });
 * export const model = promoted.version.fineTunedModel;
 * ```
 */
export class PromotedVersion extends lateBoundResource<PromotedVersionArgs, PromotedVersionState>()({
  type: "PromotedVersion",
  handler: "dynamic-providers/promoted-version/handler.ts",
  known: ["version"],
}) {}
