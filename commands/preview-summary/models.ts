import { withoutCheckpoint } from "../../azure-openai/model-names";
import { logicalName, typeIn } from "../../stack/stack-state";
import {
  ACCOUNT_TYPE,
  finetuneType,
  isBaseModelResource,
  isDeployment,
  MODEL_COMPONENT,
  SERVING_COMPONENT,
} from "../../dynamic-providers/runtime/resource-types";
import { type Pipeline, pipelineOf } from "./pipeline";
import { at, isUnknown, type Step } from "./steps";

/** A preview by model. */
export interface SplitSteps {
  /**
   * One per FineTunedModel, with the deployment that serves it, and one per deployment beyond that, in the order of their names; empty where the
   * program has one model and one deployment at most, of which nothing needs a name.
   */
  models: NamedPipeline[];
  /** Steps of no model: account, roles, and what else the program makes. */
  shared: Step[];
}

export interface NamedPipeline extends Pipeline {
  /** Name of the component. */
  name: string;
}

/** Steps of one component. */
interface Group {
  name: string;
  steps: Step[];
}

/** @param steps - of a preview or a run */
export function modelsOf(steps: Step[]): SplitSteps {
  const found = several(steps);
  if (!found) return { models: [], shared: steps };
  const { models, servings } = found;
  const served = new Map<Group, Group>();
  for (const serving of servings) {
    const model = models.find((one) => !served.has(one) && serves(serving, one));
    if (model) served.set(model, serving);
  }
  const beside = servings.filter((serving) => ![...served.values()].includes(serving));
  const named = [
    ...models.map((model) => ({ name: model.name, steps: [...model.steps, ...(served.get(model)?.steps ?? [])] })),
    ...beside,
  ].sort((a, b) => a.name.localeCompare(b.name, "en"));
  const owned = new Set(named.flatMap((group) => group.steps));
  const shared = steps.filter((step) => !owned.has(step));
  return { models: named.map((group) => pipelineOfGroup(group, shared)), shared };
}

/** Names of the components that make or serve several models; empty where nothing needs a name. A preview that failed may have made only some. */
export function modelNames(steps: Step[]): string[] {
  const { models, servings } = several(steps) ?? { models: [], servings: [] };
  return [...models, ...servings].map(({ name }) => name);
}

/** The components that make and serve models; undefined where there is one of each at most. */
function several(steps: Step[]): { models: Group[]; servings: Group[] } | undefined {
  const [models, servings] = [groups(steps, MODEL_COMPONENT), groups(steps, SERVING_COMPONENT)];
  return models.length <= 1 && servings.length <= 1 ? undefined : { models, servings };
}

function groups(steps: Step[], component: string): Group[] {
  const found = new Map<string, Group>();
  for (const step of steps) {
    const urn = step.type === component ? step.urn : step.parent;
    if (urn === undefined || typeIn(urn) !== component) continue;
    const group = found.get(urn) ?? { name: logicalName(urn), steps: [] };
    group.steps.push(step);
    found.set(urn, group);
  }
  return [...found.values()];
}

/** By the training key, which is known before the model; in a state that has none, by the model's name; else by the components' names. */
function serves(serving: Group, model: Group): boolean {
  const job = ofType(model, finetuneType("FineTuningJob"));
  const versions = ofType(model, finetuneType("ModelVersions"));
  const probe = ofType(serving, finetuneType("ChatProbe"));
  for (const side of ["new", "old"] as const) {
    // The version that serves may be an earlier one. A state of an earlier release has no register.
    const served = at(versions?.[side] ?? {}, "servedKey") ?? at(job?.[side] ?? {}, "trainingKey");
    const [wanted, made] = [at(probe?.[side] ?? {}, "trainingKey"), served];
    if (typeof wanted === "string" && typeof made === "string" && !isUnknown(wanted) && !isUnknown(made))
      return wanted === made;
  }
  const deployment = serving.steps.find(({ type, name }) => isDeployment(type) && !isBaseModelResource(name));
  const trained = ofType(model, finetuneType("TrainedModel"));
  const [served, tuned] = [at(deployment?.old ?? {}, "properties.model.name"), trained?.outputs.fineTunedModel];
  if (typeof served === "string" && typeof tuned === "string") return withoutCheckpoint(served) === tuned;
  return serving.name === model.name;
}

function ofType({ steps }: Group, type: string): Step | undefined {
  return steps.find((step) => step.type === type);
}

function pipelineOfGroup({ name, steps }: Group, shared: Step[]): NamedPipeline {
  const own = pipelineOf(steps);
  const accounts = shared.filter(({ type }) => type === ACCOUNT_TYPE);
  const account = accounts.length === 1 ? accounts[0] : accounts.find((one) => isIn(one, own));
  return { ...own, name, account };
}

/** Whether the job is in this account, as far as the account is there already. */
function isIn(account: Step, { job, probe }: Pipeline): boolean {
  const id = [job?.new, job?.old, probe?.new, probe?.old].map((side) => at(side ?? {}, "accountId"));
  const name = at(account.operation === "delete" ? account.old : account.new, "accountName");
  return id.some(
    (one) => typeof one === "string" && one.toLowerCase().endsWith(`/accounts/${String(name)}`.toLowerCase()),
  );
}
