import { trainingOf } from "../../dynamic-providers/promoted-version/describe-promotion";
import type { PromotableVersion } from "../../dynamic-providers/promoted-version/schema";
import { inline } from "./markdown";
import type { Pipeline } from "./pipeline";
import { whereAllowed } from "./served";
import { name } from "./values";
import { evaluates } from "./versions";

/** `Promotes version 2 of dev` */
export function promotionTitle({ promotedFrom }: PromotableVersion): string {
  return `Promotes version ${promotedFrom.version} of ${inline(promotedFrom.stack)}`;
}

/** What it was trained from and when, and that nothing is trained here: the rest of the verdict. */
export function promotedHere(version: PromotableVersion, pipeline: Pipeline): string {
  const training = inline(trainingOf(version));
  const model = `version's model ${name(version.fineTunedModel)}`;
  const becomes = evaluates(pipeline)
    ? `\`up\` evaluates the ${model}, then deploys it if it passes`
    : `The ${model} is deployed`;
  return `It was ${training}. Nothing is trained in this stack, so there is no training cost. ${becomes}${whereAllowed(pipeline)}`;
}
