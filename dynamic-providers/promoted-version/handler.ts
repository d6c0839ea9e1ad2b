import { canonicalJson } from "../fine-tuning-job/canonical-json";
import { providerProcess, type Context } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { hasUnknown } from "../runtime/unknown";
import { describePromotion } from "./describe-promotion";
import { promotionProblem } from "./promotion-problem";
import type { PromotedVersionInputs, PromotedVersionState } from "./schema";

export function promotedVersionHandler(context: Context) {
  const said = new Set<string>();

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: async (olds: Partial<PromotedVersionInputs> | undefined, news) => {
      context.liveIds.sawProgram();
      // What serves already is not asked for again: a source that can't be reached for a while stops no `up`.
      if (hasUnknown(news) || isSame(olds, news)) return { inputs: news, failures: [] };
      const reason = await promotionProblem(context, news);
      if (reason !== undefined) return { inputs: news, failures: [{ property: "version", reason }] };
      const line = describePromotion(news.version);
      if (olds?.version?.jobId !== news.version.jobId && !said.has(line)) context.print(`[plan] ${line}`);
      said.add(line);
      return { inputs: news, failures: [] };
    },

    diff: (_id, olds, news) => Promise.resolve({ changes: !isSame(olds, news) }),

    create: (inputs) => Promise.resolve({ id: "promoted", outs: stored(inputs) }),

    update: (_id, _olds, news) => Promise.resolve({ outs: stored(news) }),
  } satisfies Handler<PromotedVersionInputs, PromotedVersionState>;
}

/** Whether the same version is served in the same place; the state has a member more. */
function isSame(olds: Partial<PromotedVersionInputs> | undefined, news: PromotedVersionInputs): boolean {
  const compared = ({ version, accountPath, location, sku }: Partial<PromotedVersionInputs>) =>
    canonicalJson({ version, accountPath: accountPath?.toLowerCase(), location, sku });
  return olds?.version !== undefined && compared(olds) === compared(news);
}

function stored(inputs: PromotedVersionInputs): PromotedVersionState {
  return { ...inputs, stateVersion: 1 };
}

export const handler = promotedVersionHandler(providerProcess);
