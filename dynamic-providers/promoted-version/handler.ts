import { sameAccount } from "../../azure-openai/account-reference";
import { canonicalJson, sameJson } from "../fine-tuning-job/canonical-json";
import { TemporaryDeployments } from "../evaluation/temporary-deployment";
import { providerProcess, type Context } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { sayAs } from "../runtime/say";
import { hasUnknown } from "../runtime/unknown";
import { describePromotion } from "./describe-promotion";
import { promotionProblem } from "./promotion-problem";
import type { PromotedVersionInputs, PromotedVersionState } from "./schema";

export function promotedVersionHandler(context: Context) {
  const said = new Set<string>();

  async function sweep({ accountPath, evaluatedBy }: PromotedVersionState): Promise<void> {
    if (!evaluatedBy) return;
    await new TemporaryDeployments(context, accountPath, evaluatedBy, sayAs(context, "evaluation")).sweep();
  }

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

    update: async (_id, olds, news) => {
      if (!isEvaluatedThere(olds, news)) await sweep(olds);
      return { outs: stored(news) };
    },

    // An evaluation that was interrupted is in no state yet.
    delete: (_id, state) => sweep(state),
  } satisfies Handler<PromotedVersionInputs, PromotedVersionState>;
}

/** Whether the same version is served in the same place; the state has a member more. */
function isSame(olds: Partial<PromotedVersionInputs> | undefined, news: PromotedVersionInputs): boolean {
  const compared = ({ version, accountPath, location, sku, evaluatedBy }: Partial<PromotedVersionInputs>) =>
    canonicalJson({ version, accountPath: accountPath?.toLowerCase(), location, sku, evaluatedBy });
  return olds?.version !== undefined && compared(olds) === compared(news);
}

/** Whether what an evaluation has left there is still known by the new state. */
function isEvaluatedThere(olds: PromotedVersionState, news: PromotedVersionInputs): boolean {
  return sameAccount(olds.accountPath, news.accountPath) && sameJson(olds.evaluatedBy, news.evaluatedBy);
}

function stored(inputs: PromotedVersionInputs): PromotedVersionState {
  return { ...inputs, stateVersion: 1 };
}

export const handler = promotedVersionHandler(providerProcess);
