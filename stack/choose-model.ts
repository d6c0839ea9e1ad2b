import {
  isBaseModelResource,
  isDeployment,
  MODEL_COMPONENT,
  SERVING_COMPONENT,
} from "../dynamic-providers/runtime/resource-types";
import { UserError } from "./command";
import { isLiving, logicalName, type StackExport, type StackResource } from "./stack-state";

/** One model of a stack and a deployment that serves it; one of the two may be missing. */
export interface StackChoice {
  /** Name of the component that makes the model; of the one that serves it where the stack doesn't make it. */
  name: string;
  /** Name of the deployment in the account. */
  deployment?: string;
  /** URNs of the components. */
  components: string[];
}

/**
 * The models of a stack, by name; one or none where nothing is to be chosen. What is to serve a model counts once there is something that it
 * serves: until a first model is trained, and has passed, the state has its component alone, which doesn't tell whose it is.
 */
export function stackChoices({ deployment: { resources = [] } }: StackExport): StackChoice[] {
  const components = (type: string) => [
    ...new Set(resources.filter((one) => one.type === type && isLiving(one)).map(({ urn }) => urn)),
  ];
  const models = components(MODEL_COMPONENT);
  const hasParts = (component: string) => resources.some(({ parent }) => parent === component);
  const begun = components(SERVING_COMPONENT).filter((one) => models.length === 0 || hasParts(one));
  const servings = begun.map((serving) => {
    const parts = resources.filter((one) => one.parent === serving && isLiving(one));
    const own = parts.find(({ type, urn }) => isDeployment(type) && !isBaseModelResource(urn));
    const model = modelServed(parts, resources);
    return {
      name: logicalName(model ?? serving),
      deployment: text(own?.inputs?.deploymentName),
      components: [...(model === undefined ? [] : [model]), serving],
    };
  });
  const served = new Set(servings.flatMap((one) => one.components));
  const unserved = models.filter((urn) => !served.has(urn));
  return [...servings, ...unserved.map((urn) => ({ name: logicalName(urn), components: [urn] }))].sort((a, b) =>
    a.name.localeCompare(b.name, "en"),
  );
}

/**
 * The state with one of its models alone, and with all that belongs to none.
 *
 * @param named - name of the model's component, or of a deployment
 * @throws UserError when there are several and none is named, or the named one is not there
 */
export function chooseModel(state: StackExport, stack: string, named?: string): StackExport {
  const choices = stackChoices(state);
  if (named === undefined && choices.length <= 1) return state;
  const isNamed = ({ name, deployment }: StackChoice) => name === named || deployment === named;
  const fits = named === undefined ? [] : choices.filter(isNamed);
  const [chosen, another] = fits;
  if (chosen && !another) return withModel(state, chosen, choices);
  const list = choices.map(inWords).join(", ");
  if (named === undefined || another) {
    const how = another ? "--model and the name of a deployment" : `--model, e.g. --model ${choices[0]!.name}`;
    const what = another ? `${fits.length} deployments of ${named}` : `${choices.length} models`;
    throw new UserError(`stack ${stack} has ${what}: ${list}. Choose one with ${how}.`);
  }
  throw new UserError(`stack ${stack} has no model "${named}"; it has ${list === "" ? "none" : list}.`);
}

/** The state without its models: the account, and what belongs to none of them. */
export function withoutModels(state: StackExport): StackExport {
  return withoutParts(state, new Set(stackChoices(state).flatMap(({ components }) => components)));
}

function inWords({ name, deployment }: StackChoice): string {
  return deployment === undefined ? `${name} (not deployed)` : `${name} (deployment ${deployment})`;
}

/** The state with one of its models alone, and with all that belongs to none. */
export function withModel(state: StackExport, chosen: StackChoice, choices = stackChoices(state)): StackExport {
  const others = new Set(choices.flatMap((one) => one.components).filter((urn) => !chosen.components.includes(urn)));
  return withoutParts(state, others);
}

function withoutParts(state: StackExport, components: ReadonlySet<string>): StackExport {
  const resources = state.deployment.resources?.filter(
    ({ urn, parent = "" }) => !components.has(urn) && !components.has(parent),
  );
  return { ...state, deployment: { ...state.deployment, resources } };
}

/** URN of the component that makes the model which these parts serve: they depend on it by their input, which the register or the model gives. */
function modelServed(parts: StackResource[], resources: StackResource[]): string | undefined {
  const needed = new Set(parts.flatMap((one) => Object.values(one.propertyDependencies ?? {}).flat()));
  const makers = new Set(resources.filter(({ type }) => type === MODEL_COMPONENT).map(({ urn }) => urn));
  return resources.find(({ urn, parent }) => needed.has(urn) && parent !== undefined && makers.has(parent))?.parent;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
