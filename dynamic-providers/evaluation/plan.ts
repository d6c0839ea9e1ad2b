import { type Catalog, catalogFrom } from "../../catalog";
import { EvaluationRefusal } from "../../evaluation/refusal";
import type { Subject } from "../../evaluation/running/subject";
import type { Context } from "../runtime/context";
import { modelNamed } from "../runtime/resource-types";
import { isUnknown, UNKNOWN } from "../runtime/unknown";
import type { JudgedModel } from "../runtime/verdicts";
import { costOf } from "./cost";
import type { EvaluationCost } from "./cost-in-words";
import { DeploymentsThere } from "./deployments-there";
import { judgesOf } from "./judges";
import type { Announced } from "./plan-line";
import type { Test } from "./read-test";
import { withComparison } from "./remember";
import type { Comparison, EvaluationArgs, EvaluationInputs, Found } from "./schema";
import { type Question, verdictOf } from "./verdict";
import { candidatesOf, opponentsOf, type Participant } from "./who-is-asked";

/** What an evaluation comes to: a verdict, where all scores are known, or models to be asked. */
export interface Plan {
  catalog: Catalog;
  question: Question;
  verdict?: JudgedModel;
  /** What the scores come to, where all are known but were never compared: `up` decides so. When it does is unknown. */
  foreseen?: JudgedModel;
  candidates: Participant[];
  opponents: Participant[];
  /** Those whose scores are not known. */
  asked: Participant[];
  judges: Record<string, Subject>;
  cost?: EvaluationCost;
}

/** @throws EvaluationRefusal for a deployment or judge that is not there, or a base model that can't be deployed; AzureFailure */
export async function planEvaluation(
  context: Context,
  args: EvaluationInputs,
  test: Test,
  found: Found,
): Promise<Plan> {
  const catalog = catalogFrom(args.catalogFile);
  const there = new DeploymentsThere(context, args.accountId);
  const candidates = await candidatesOf(args, there, catalog);
  const { range } = test.grader;
  const { against, rule } = args;
  const question = { test: test.test, against, rule, width: range.most - range.least, candidates };
  const verdict = verdictOf(found, question);
  const known = { catalog, question, candidates, opponents: [], asked: [], judges: {} };
  if (verdict) return { ...known, verdict };
  const opponents = await opponentsOf(args, candidates, there, catalog, new Date(context.clock.now()));
  const isScored = ({ answersAs }: Participant) =>
    found.results.some((one) => one.test === test.test && one.model === answersAs);
  const asked = [...candidates, ...opponents].filter((one) => isUnknown(one.answersAs) || !isScored(one));
  const impossible = asked.find(({ problem }) => problem !== undefined)?.problem;
  if (impossible !== undefined) throw new EvaluationRefusal(impossible);
  const judges = await judgesOf(context, args, test.grader, there, catalog);
  const plan = { ...known, opponents, asked, judges, cost: await costOf(args, test, asked, judges, catalog) };
  if (asked.length > 0) return plan;
  const compared = withComparison(found, comparisonOf(plan, UNKNOWN as never));
  return { ...plan, foreseen: verdictOf(compared, question) };
}

/** Who is compared with whom, as a state keeps it. @param evaluatedAt - Unix seconds */
export function comparisonOf(
  { question, opponents }: Pick<Plan, "question" | "opponents">,
  evaluatedAt: number,
): Comparison {
  return {
    test: question.test,
    against: question.against,
    candidates: question.candidates.map(({ answersAs }) => answersAs),
    opponents: opponents.map(({ name, answersAs }) => ({ name, model: answersAs })),
    evaluatedAt,
  };
}

/** What a preview says of it. */
export function announced({ job }: EvaluationArgs, test: Test, { asked, opponents, cost, foreseen }: Plan): Announced {
  return {
    model: modelNamed(job),
    caseCount: test.caseCount,
    opponents: opponents.map(({ name }) => name),
    temporary: asked.flatMap(({ temporary }) => (temporary ? [temporary.sku.name] : [])),
    ...(asked.length > 0 && { cost }),
    foreseen,
  };
}
