import { messageOf } from "../../azure-openai/message-of";
import { EvaluationRefusal } from "../../evaluation/refusal";
import { overLimit } from "../evaluation/cost";
import { planEvaluation } from "../evaluation/plan";
import { readTest } from "../evaluation/read-test";
import { foundIn } from "../evaluation/remember";
import type { EvaluationArgs } from "../evaluation/schema";
import { providerProcess, type Context } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { inputsAsState } from "../runtime/inputs-as-state";
import { costKey } from "../runtime/run-plan";
import { UNKNOWN } from "../runtime/unknown";
import type { EvaluationSetInputs, EvaluationSetState } from "./schema";

export function evaluationSetHandler(context: Context) {
  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: async (_olds, news) => {
      try {
        const test = await readTest(news, context.blobs);
        const { casesSha256, caseCount, graderTitle } = test;
        const key = costKey({ ...news, model: news.baseModel }, news.job);
        const training = await objectionsTo(context, news, test);
        const objections = context.plan.objections.against(key, { training, hosting: [] }, "evaluation");
        return {
          inputs: { ...news, casesSha256, caseCount, graderTitle, test: test.test },
          failures: objections.map((reason) => ({ property: "cases", reason })),
        };
      } catch (error) {
        return { inputs: news, failures: [{ property: "cases", reason: messageOf(error) }] };
      }
    },

    // What else is given only decides what is said.
    diff: (_id, olds, news) => Promise.resolve({ changes: olds.test !== news.test || olds.cases !== news.cases }),

    ...inputsAsState<EvaluationSetInputs>(),
  } satisfies Handler<EvaluationSetInputs, EvaluationSetState>;
}

/**
 * What would keep a model that is trained now from being evaluated afterwards. Of those that it is compared with, the scores may be known: only
 * what its own evaluation costs counts.
 */
async function objectionsTo(
  context: Context,
  inputs: EvaluationSetInputs,
  test: Awaited<ReturnType<typeof readTest>>,
): Promise<string[]> {
  const own = { candidate: UNKNOWN, trainingKey: UNKNOWN, project: "", stack: "", waitMinutes: 0 };
  const args: EvaluationArgs = { ...inputs, ...own };
  try {
    await planEvaluation(context, args, test, foundIn(undefined));
    const { cost } = await planEvaluation(context, { ...args, against: [] }, test, foundIn(undefined));
    const over = cost && overLimit(args, cost);
    return over === undefined ? [] : [over];
  } catch (error) {
    // What can't be read now is told by the evaluation.
    return error instanceof EvaluationRefusal ? [error.message] : [];
  }
}

export const handler = evaluationSetHandler(providerProcess);
