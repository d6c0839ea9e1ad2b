import { trainingOf } from "../dynamic-providers/promoted-version/describe-promotion";
import type { PromotableVersion } from "../dynamic-providers/promoted-version/schema";
import { quoted } from "../format/quoted";
import type { PromotedFacts } from "./report-data";

export function promotedFacts(promoted: PromotableVersion): PromotedFacts {
  const { stack, version } = promoted.promotedFrom;
  const report = `npm run report -- --stack ${quoted(stack)}`;
  return { stack, version, model: promoted.fineTunedModel, training: trainingOf(promoted), report };
}
