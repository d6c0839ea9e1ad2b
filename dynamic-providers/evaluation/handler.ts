import { messageOf } from "../../azure-openai/message-of";
import { isTunedName } from "../../azure-openai/model-names";
import { requireRoom } from "../deployment-preflight/require-room";
import { canonicalJson, sameJson } from "../fine-tuning-job/canonical-json";
import { providerProcess, type Context } from "../runtime/context";
import { dataPlaneIfAny } from "../runtime/data-plane";
import type { Handler } from "../runtime/handler";
import { sayAs } from "../runtime/say";
import { isUnknown } from "../runtime/unknown";
import { overLimit } from "./cost";
import { formerNames } from "./former-names";
import { announced, type Plan, planEvaluation } from "./plan";
import { planLine } from "./plan-line";
import { readTest, type Test } from "./read-test";
import { foundIn } from "./remember";
import { runEvaluation } from "./run";
import type { EvaluationInputs, EvaluationState, Found } from "./schema";
import { TemporaryDeployments } from "./temporary-deployment";

/** Inputs and outputs whose change is one of the resource; all others only decide how it is run. */
const COMPARED = ["candidate", "checkpoints", "trainingKey", "test", "against", "rule"] as const;
const JUDGED = ["passed", "reasons", "summary", "key", "evaluatedAt", "model"] as const;

export function evaluationHandler(context: Context) {
  const said = new Set<string>();
  const tests = new Map<string, Promise<Test>>();

  /** Read once in a process: what a check has hashed is what is asked. */
  const testOf = ({ cases, trainingFile, baseModel, grader, judges, against, rule, maxTokens }: EvaluationInputs) => {
    const wanted = { cases, trainingFile, baseModel, grader, judges, against, rule, maxTokens };
    const key = canonicalJson(wanted);
    const known = tests.get(key);
    if (known) return known;
    const read = readTest(wanted, context.blobs);
    tests.set(key, read);
    read.catch(() => tests.delete(key));
    return read;
  };

  /** @throws Error with what speaks against the evaluation, before anything is paid */
  async function planned(inputs: EvaluationInputs, found: Found): Promise<Plan> {
    const test = await testOf(inputs);
    const plan = await planEvaluation(context, inputs, test, found);
    const known = plan.verdict ?? plan.foreseen;
    if (known) context.verdicts.know(inputs.job, known);
    const problem = plan.cost && overLimit(inputs, plan.cost);
    if (problem) throw new Error(problem);
    if (!plan.verdict) {
      await requireRooms(inputs, plan);
      tell(planLine(announced(inputs, test, plan)));
    }
    return plan;
  }

  /** Whether the region has room for the temporary deployments, which come one after the other. */
  async function requireRooms(inputs: EvaluationInputs, { asked }: Plan): Promise<void> {
    const { location, baseModel, accountPath } = inputs;
    const isNew = isUnknown(inputs.accountId);
    const accountId = isNew ? accountPath : inputs.accountId;
    if (accountId === undefined || context.plan.accounts.isMade(accountId)) return;
    const wanted = asked.flatMap(({ model, temporary }) => {
      if (!temporary) return [];
      return [{ ...temporary.sku, base: !isUnknown(model) && !isTunedName(model) }];
    });
    if (wanted.length === 0) return;
    // One that an interrupted run has left is used, or goes first.
    const [takesPlaceOf] = await temporaries(inputs).left();
    for (const { name: sku, capacity, base } of new Map(wanted.map((one) => [canonicalJson(one), one])).values()) {
      const question = { accountId, location, model: baseModel, sku, capacity, base, takesPlaceOf, temporary: true };
      await requireRoom(context, question, sayAs(context, "evaluation"));
    }
  }

  function tell(line: string): void {
    // A resource that is replaced is checked twice.
    if (!said.has(line)) context.print(`[plan] ${line}`);
    said.add(line);
  }

  const temporaries = (inputs: EvaluationInputs) =>
    new TemporaryDeployments(context, inputs.accountId, inputs, sayAs(context, "evaluation"));

  const run = async (inputs: EvaluationInputs, before: Found) =>
    runEvaluation(context, inputs, await testOf(inputs), before);

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: async (olds: Partial<EvaluationInputs> | undefined, given) => {
      context.liveIds.sawProgram();
      const former = formerNames(olds, given);
      const news: EvaluationInputs = { ...given, ...(former && { formerNames: former }) };
      try {
        const { casesSha256, caseCount, graderTitle, test } = await testOf(news);
        // Without old inputs there is no diff that knows what was found before.
        if (Object.keys(olds ?? {}).length === 0) await planned(news, foundIn(undefined));
        return { inputs: { ...news, casesSha256, caseCount, graderTitle, test }, failures: [] };
      } catch (error) {
        return { inputs: news, failures: [{ property: "cases", reason: messageOf(error) }] };
      }
    },

    diff: async (_id, olds, news) => {
      // A refresh compares too, but plans nothing.
      if (context.liveIds.destroying) return { changes: false, replaces: [] };
      const { verdict } = await planned(news, foundIn(olds));
      const differs = (names: readonly (keyof EvaluationState)[], now: Partial<EvaluationState>) =>
        names.some((name) => !sameJson(olds[name], now[name]));
      const changes = verdict === undefined || differs(COMPARED, news) || differs(JUDGED, verdict);
      if (changes) return { changes, replaces: [] };
      // What an interrupted run has left is removed by an update.
      const left = await temporaries(news).left();
      if (left.length > 0) tell(`Removes ${left.join(", ")}, left over from an interrupted evaluation`);
      return { changes: left.length > 0, replaces: [] };
    },

    create: async (inputs) => ({ id: "evaluation", outs: await run(inputs, foundIn(undefined)) }),

    update: async (_id, olds, news) => ({ outs: await run(news, foundIn(olds)) }),

    read: async (id, props) => {
      const state = props as EvaluationState;
      return (await dataPlaneIfAny(context, state.accountId)) ? { id, props: state } : {};
    },

    delete: (_id, state) => temporaries(state).sweep(),
  } satisfies Handler<EvaluationInputs, EvaluationState>;
}

export const handler = evaluationHandler(providerProcess);
