import { type Catalog, findModel, priceHosting } from "../../catalog";
import { estimateAsking, estimateJudging } from "../../evaluation/estimate";
import { deployedSubject } from "../../evaluation/running/deployed-subject";
import type { Subject } from "../../evaluation/running/subject";
import { exactUsd, usd } from "../../format/money";
import { isTunedName } from "../../azure-openai/model-names";
import { isUnknown } from "../runtime/unknown";
import { costInWords, type EvaluationCost } from "./cost-in-words";
import type { Test } from "./read-test";
import type { EvaluationArgs } from "./schema";
import { asDeployed } from "./temporary-model";
import type { Participant } from "./who-is-asked";

/**
 * Hours that a temporary deployment is billed for, at the most. It is there for minutes; the meter's unit is an hour (retail prices), and
 * that Azure bills a started one in full is a guess (docs/local-azure.md).
 */
const HOSTED_HOURS = 1;

/** @param asked - the models whose scores are not known yet */
export async function costOf(
  args: EvaluationArgs,
  test: Test,
  asked: readonly Participant[],
  judges: Record<string, Subject>,
  catalog: Catalog,
): Promise<EvaluationCost> {
  const subjects = asked.map((one) => priced(one, args, catalog));
  const asking = sum((await estimateAsking(test.cases.cases, subjects, args.maxTokens)).map(({ usd }) => usd));
  const eachJudged = sum((await estimateJudging(test.cases.cases, test.grader, judges)).map(({ usd }) => usd));
  const judging = eachJudged === null ? null : eachJudged * asked.length;
  const hosting = asked.reduce((total, one) => total + hostingOf(one, args, catalog), 0);
  return { asking, judging, hosting, total: asking === null || judging === null ? null : asking + judging + hosting };
}

/** Why an evaluation may not be begun: it would cost more than it may. */
export function overLimit(args: EvaluationArgs, cost: EvaluationCost): string | undefined {
  const { maxUsd } = args;
  if (maxUsd === undefined) return undefined;
  if (cost.total === null)
    return `evaluation.maxUsd is ${exactUsd(maxUsd)}, but the catalog has no price for one of the models to compare with. Add the price in \`catalogFile\`, or remove the limit.`;
  if (cost.total <= maxUsd) return undefined;
  return `The evaluation would cost ${costInWords(cost)}, over evaluation.maxUsd of ${exactUsd(maxUsd)}. ${whatToDo(args, maxUsd, cost)}`;
}

/** Fewer cases and models cost less to ask; the hosting of the temporary deployments costs the same. */
function whatToDo({ checkpoints }: EvaluationArgs, maxUsd: number, { hosting }: EvaluationCost): string {
  if (hosting <= maxUsd)
    return "Increase evaluation.maxUsd, use fewer cases, or compare with fewer models (evaluation.against).";
  const fewer =
    checkpoints === undefined ? "" : " A single checkpoint (`deploy.checkpoint`) needs only one temporary deployment.";
  return `Increase evaluation.maxUsd: hosting the temporary deployments alone costs ${usd(hosting)}, regardless of the number of cases and models.${fewer}`;
}

function priced(one: Participant, { baseModel, location }: EvaluationArgs, catalog: Catalog) {
  const deployment = one.place?.deployment ?? asDeployed(one.temporary!);
  // What is not trained yet costs what its base model does.
  const name = isUnknown(one.model) ? baseModel : one.model;
  const known = {
    ...deployment,
    properties: { ...deployment.properties, model: { ...deployment.properties?.model, name } },
  };
  return { name: one.name, ...deployedSubject(known, location, catalog), model: name };
}

/** A base model is billed by its tokens alone. */
function hostingOf(
  { temporary, model }: Participant,
  { baseModel, location }: EvaluationArgs,
  catalog: Catalog,
): number {
  const base = findModel(baseModel, catalog);
  if (!temporary || !base || !(isUnknown(model) || isTunedName(model))) return 0;
  const { name, capacity } = temporary.sku;
  return HOSTED_HOURS * priceHosting(base, name, catalog, { location, capacity }).usdPerHour;
}

function sum(amounts: (number | undefined)[]): number | null {
  return amounts.reduce<number | null>((total, one) => (total === null || one === undefined ? null : total + one), 0);
}
