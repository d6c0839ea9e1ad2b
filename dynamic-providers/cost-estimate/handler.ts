import {
  type Catalog,
  baseRetired,
  catalogFrom,
  deploymentRetired,
  findModel,
  otherFormat,
  retirementWarnings,
  trainingRetired,
} from "../../catalog";
import { printable } from "../../azure-openai/printable-text";
import { type Context, providerProcess } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { inputsAsState } from "../runtime/inputs-as-state";
import { stateDiffers } from "../runtime/inputs-differ";
import { costKey, type RunPlan } from "../runtime/run-plan";
import { toState } from "../runtime/to-state";
import { hasUnknown, isUnknown } from "../runtime/unknown";
import type { Objections } from "../runtime/run-objections";
import { hostingOverBudget, trainingOverBudget } from "./budget";
import { estimateCost, refusals } from "./estimate";
import { liveCatalogs } from "./live-catalog";
import type { CostEstimateArgs, CostEstimateInputs, CostEstimateState } from "./schema";

/**
 * Prices the training run, if there is one, and the deployment at preview, from the catalog. What the catalog knows to be refused fails the preview. A sum
 * over the budget, a retired model and what the region's own list of models contradicts fail it where something is trained or hosted that
 * was not before. While an input is unknown there is no estimate yet, and only what is known is checked.
 *
 * @param plan - takes the cost of the training, for the line that says what this run does.
 * @param context - reads the region's list. Default: none is read, and the catalog alone decides.
 * @param today - for warnings of retirement, which are printed and never part of the state: it would change from day to day.
 */
export function costEstimateHandler(
  today: () => Date,
  plan: RunPlan = providerProcess.plan,
  context?: Context,
): Handler<CostEstimateInputs, CostEstimateState> {
  const said = new Set<string>();
  const liveCatalog = context && liveCatalogs(context);
  return {
    ...(context && { configure: ({ config }) => Promise.resolve(context.configure(config)) }),

    async check(olds: Partial<CostEstimateInputs> | undefined, news) {
      const args = Object.fromEntries(
        Object.entries(news).filter(([key, value]) => key !== "__provider" && !isUnknown(value)),
      ) as Partial<CostEstimateArgs>;
      let catalog: Catalog;
      try {
        catalog = catalogFrom(args.catalogFile);
      } catch (error) {
        const reason = (error as Error).message;
        return { inputs: news, failures: [{ property: "catalogFile", reason }] };
      }
      const live = await liveCatalog?.(args, today());
      // Figures are the catalog's alone, so that the same settings give the same inputs everywhere and every day.
      const dated = live ?? catalog;
      const model = args.model === undefined ? undefined : findModel(args.model, dated);
      for (const warning of model ? retirementWarnings(model, today(), dated) : []) {
        if (!said.has(warning)) console.log(printable(`warning: ${warning}`));
        said.add(warning);
      }
      const result = estimated(news, args, catalog);
      const { estimate } = result.inputs;
      if (!estimate || result.failures.length > 0) return result;
      const objections = objectionsTo(args as CostEstimateArgs, estimate, { catalog, dated }, today());
      const key = costKey(news, news.job);
      plan.cost(key, estimate.trainingUsd && { ...estimate.trainingUsd, hours: estimate.trainingHours });
      const counting = new Set(plan.objections.against(key, objections));
      const isOther = args.hostingOnly === true && olds?.model !== args.model;
      const costsMore = estimate.hostingUsdPerMonth > (olds?.estimate?.hostingUsdPerMonth ?? 0);
      if (isOther || costsMore || deploysOtherwise(olds, args))
        for (const objection of objections.hosting) counting.add(objection);
      // One that is deployed already answers until Azure deletes it.
      if (estimate.baseModel && olds?.estimate?.baseModel?.model !== estimate.baseModel.model) {
        const retired = baseRetired(findModel(estimate.baseModel.model, catalog)!, today());
        if (retired) counting.add(retired);
      }
      const failures = [...counting].map((reason) => ({ property: "budget", reason }));
      return { inputs: result.inputs, failures };
    },

    // A ceiling that is removed is a change, which a reviewer should see. Assumptions that are only worded differently are none, nor is
    // the job's name or the subscription, which states of earlier versions lack, nor the kind of an account, which Azure may upgrade.
    diff: (_id, olds, news) => {
      const { job, subscriptionId, accountKind } = news;
      const before = { ...olds, job, subscriptionId, accountKind };
      return Promise.resolve({ changes: stateDiffers(before, withAssumptionsOf(olds, news)) });
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
  args: CostEstimateArgs,
  estimate: CostEstimateInputs["estimate"],
  { catalog: shipped, dated: catalog }: { catalog: Catalog; dated: Catalog },
  today: Date,
): Objections {
  const { deploy, budget, hostingOnly } = args;
  const model = findModel(args.model, catalog)!;
  // What the catalog refuses has stopped the run already: these are the region's own refusals.
  const refused = refusals(args, catalog).map(({ property, reason }) => ({ reason, hosts: HOSTING.has(property) }));
  const toTraining = hostingOnly ? [] : [trainingRetired(model, today, catalog), trainingOverBudget(estimate, budget)];
  const another = hostingOnly ? "Promote a version trained from a different base model" : undefined;
  const toHosting = deploy
    ? [
        otherFormat(args.model, shipped, catalog),
        deploymentRetired(model, today, catalog, another),
        hostingOverBudget(estimate, budget),
      ]
    : [];
  const given = (reason: string | undefined) => reason !== undefined;
  return {
    training: [...refused.filter(({ hosts }) => !hosts).map(({ reason }) => reason), ...toTraining.filter(given)],
    hosting: [...refused.filter(({ hosts }) => hosts).map(({ reason }) => reason), ...toHosting.filter(given)],
  };
}

/** Properties of a refusal that is about the deployment. */
const HOSTING = new Set(["deploymentSku", "capacity", "baseModelSku"]);

/** Whether the deployment is to be of another type or size: what is deployed stays as it is, whatever a region's list says today. */
function deploysOtherwise(olds: Partial<CostEstimateInputs> | undefined, news: Partial<CostEstimateArgs>): boolean {
  if (!news.deploy || olds?.deploy === undefined) return false;
  return !olds.deploy || olds.deploymentSku !== news.deploymentSku || olds.capacity !== news.capacity;
}

/** The arguments without which there is nothing to multiply. */
const hosting = ["model", "location", "deploymentSku", "deploy"] satisfies (keyof CostEstimateArgs)[];
const training = ["method", "trainingType", "epochs", "trainingTokens"] satisfies (keyof CostEstimateArgs)[];

export const handler = costEstimateHandler(() => new Date(), providerProcess.plan, providerProcess);
