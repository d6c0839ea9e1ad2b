import { counted } from "../../format/count";
import { moment } from "../../format/moment";
import type { PromotableVersion } from "./schema";

/** What is promoted, trained when and from what, in one sentence that is the same in a preview and in `up`. */
export function describePromotion(promoted: PromotableVersion): string {
  const { promotedFrom, jobId } = promoted;
  return `Promotes version ${promotedFrom.version} of ${promotedFrom.stack} (${jobId}), ${trainingOf(promoted)}: nothing is trained here, $0`;
}

/** `trained 2026-11-29 15:05 UTC from gpt-4o-mini-2024-07-18 on 68 rows (sha256 1f9a3c0d21b7), evaluated: 0.74 on 48 cases` */
export function trainingOf({
  base,
  trainedAt,
  trainingExamples,
  trainingSha256,
  evaluation,
}: PromotableVersion): string {
  const when = trainedAt === null ? "trained" : `trained ${moment(new Date(trainedAt * 1000).toISOString())}`;
  const rows = trainingExamples === undefined ? "data" : counted(trainingExamples, "row");
  const figures = evaluation?.summary ? `, evaluated: ${evaluation.summary}` : "";
  return `${when} from ${base} on ${rows} (sha256 ${trainingSha256.slice(0, 12)})${figures}`;
}
