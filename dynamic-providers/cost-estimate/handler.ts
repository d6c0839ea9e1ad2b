import {
  baseRetired,
  type Catalog,
  deploymentRetired,
  findModel,
  overrideCatalog,
  retirementWarnings,
  shippedCatalog,
  trainingRetired,
} from "../../catalog";
import { printable } from "../../azure-openai/printable-text";
import { providerProcess } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { inputsAsState } from "../runtime/inputs-as-state";
import { stateDiffers } from "../runtime/inputs-differ";
import { costKey, type RunPlan } from "../runtime/run-plan";
import { toState } from "../runtime/to-state";
import { hasUnknown, isUnknown } from "../runtime/unknown";
import type { Objections } from "../runtime/run-objections";
import { hostingOverBudget, trainingOverBudget } from "./budget";
import { estimateCost, refusals } from "./estimate";
import type { CostEstimateArgs, CostEstimateInputs, CostEstimateState } from "./schema";

/**
 * Prices the training run, if there is one, and the deployment at preview, from the catalog. What the catalog knows to be refused fails the preview. A sum
 * over the budget and a retired model fail it where something is trained or hosted that was not before. While an input is unknown there is
 * no estimate yet, and only what is known is checked.
 *
 * @param plan - takes the cost of the training, for the line that says what this run does.
 * @param today - for warnings of retirement, which are printed and never part of the state: it would change from day to day.
 */
export function costEstimateHandler(
  today: () => Date,
  plan: RunPlan = providerProcess.plan,
): Handler<CostEstimateInputs, CostEstimateState> {
  const said = new Set<string>();
  return {
    check(olds: Partial<CostEstimateInputs> | undefined, news) {
      const args = Object.fromEntries(
        Object.entries(news).filter(([key, value]) => key !== "__provider" && !isUnknown(value)),
      ) as Partial<CostEstimateArgs>;
      let catalog: Catalog;
      try {
        catalog = args.catalogFile ? overrideCatalog(args.catalogFile) : shippedCatalog;
      } catch (error) {
        const reason = (error as Error).message;
        return Promise.resolve({ inputs: news, failures: [{ property: "catalogFile", reason }] });
      }
      const model = args.model === undefined ? undefined : findModel(args.model, catalog);
      for (const warning of model ? retirementWarnings(model, today(), catalog) : []) {
        if (!said.has(warning)) console.log(printable(`warning: ${warning}`));
        said.add(warning);
      }
      const result = estimated(news, args, catalog);
      const { estimate } = result.inputs;
      if (!estimate || result.failures.length > 0) return Promise.resolve(result);
      const objections = objectionsTo(args as CostEstimateArgs, estimate, catalog, today());
      const key = costKey(news, news.job);
      plan.cost(key, estimate.trainingUsd);
      const counting = new Set(plan.objections.against(key, objections));
      const isOther = args.hostingOnly === true && olds?.model !== args.model;
      if (isOther || estimate.hostingUsdPerMonth > (olds?.estimate?.hostingUsdPerMonth ?? 0))
        for (const objection of objections.hosting) counting.add(objection);
      // One that is deployed already answers until Azure deletes it.
      if (estimate.baseModel && olds?.estimate?.baseModel?.model !== estimate.baseModel.model) {
        const retired = baseRetired(findModel(estimate.baseModel.model, catalog)!, today());
        if (retired) counting.add(retired);
      }
      const failures = [...counting].map((reason) => ({ property: "budget", reason }));
      return Promise.resolve({ inputs: result.inputs, failures });
    },

    // A ceiling that is removed is a change, which a reviewer should see. Assumptions that are only worded differently are none, nor is
    // the job's name, which states of earlier versions lack, nor the kind of an account, which Azure may upgrade.
    diff: (_id, olds, news) => {
      const { job, accountKind } = news;
      return Promise.resolve({ changes: stateDiffers({ ...olds, job, accountKind }, withAssumptionsOf(olds, news)) });
    },

    ...inputsAsState<CostEstimateInputs>(),
  };
}

function estimated(news: CostEstimateInputs, args: Partial<CostEstimateArgs>, catalog: Catalog) {
  const needed = args.hostingOnly ? hosting : [...hosting, ...training];
  const complete = !hasUnknown(args) && needed.every((key) => key in args);
  if (!complete) return { inputs: news, failures: refusals(args, catalog) };
  const { estimate, problems } = estimateCost(args as CostEstimateArgs, catalog);
  if (!estimate) return { inputs: news, failures: problems };
  return { inputs: toState({ ...news, estimate }), failures: problems };
}

/** An assumption comes and goes with the figures that it is about, so its words alone say nothing new. */
function withAssumptionsOf({ estimate }: Partial<CostEstimateState>, news: CostEstimateInputs): CostEstimateInputs {
  if (!estimate?.assumptions || !news.estimate?.assumptions) return news;
  return { ...news, estimate: { ...news.estimate, assumptions: estimate.assumptions } };
}

function objectionsTo(
  { model: name, deploy, budget, hostingOnly }: CostEstimateArgs,
  estimate: CostEstimateInputs["estimate"],
  catalog: Catalog,
  today: Date,
): Objections {
  const model = findModel(name, catalog)!;
  const toTraining = hostingOnly ? [] : [trainingRetired(model, today, catalog), trainingOverBudget(estimate, budget)];
  const another = hostingOnly ? "Promote a version that was trained from another model" : undefined;
  const toHosting = deploy ? [deploymentRetired(model, today, catalog, another), hostingOverBudget(estimate, budget)] : [];
  const given = (reason: string | undefined) => reason !== undefined;
  return { training: toTraining.filter(given), hosting: toHosting.filter(given) };
}

/** The arguments without which there is nothing to multiply. */
const hosting = ["model", "location", "deploymentSku", "deploy"] satisfies (keyof CostEstimateArgs)[];
const training = ["method", "trainingType", "epochs", "trainingTokens"] satisfies (keyof CostEstimateArgs)[];

export const handler = costEstimateHandler(() => new Date());
