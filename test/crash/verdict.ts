import type { Counters } from "local-azure/admin/counters";
import type { PendingOperation, StackResource } from "../../stack/stack-state";
import type { Checkout } from "../e2e/checkout";

/** What a completed `up` has made, without what no two runs share: ids, keys, times. */
export interface Result {
  counters: Counters;
  outputs: Record<string, unknown>;
  /** `type name` of every resource, sorted. */
  resources: string[];
}

/** What the cloud holds when the stack is complete, or gone. */
const complete: Partial<Counters> = {
  accounts: 1,
  deletedAccounts: 0,
  deployments: 1,
  roleAssignments: 4,
  files: 3,
  jobs: 1,
  uploads: 0,
};
const gone: Partial<Counters> = {
  accounts: 0,
  deletedAccounts: 0,
  deployments: 0,
  roleAssignments: 0,
  files: 0,
  jobs: 0,
  uploads: 0,
};

/** Outputs that are new with every job, account key, or cloud. */
const unique = [
  "AZURE_OPENAI_API_KEY",
  "AZURE_OPENAI_API_KEY_2",
  "jobId",
  "trainingLoss",
  "validationLoss",
  "subscriptionId",
];
/** Parts of outputs that are so: a job's id, also in the model's name, the account's name and the port in addresses. */
const uniqueParts = /(?<=ft-|ftjob-)[0-9a-f]{32}|(?<=finetune)[0-9a-f]{8}|(?<=localhost:)\d+/gi;
/** Times in the register, which are numbers. */
const uniqueTimes = /(?<="(?:trained|evaluated)At":)\d+/g;

export async function resultOf(checkout: Checkout): Promise<Result> {
  const { resources = [] } = stateOf(checkout);
  const outputs = { ...resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs };
  for (const name of unique) delete outputs[name];
  return {
    counters: await checkout.counters(),
    outputs: JSON.parse(JSON.stringify(outputs).replace(uniqueParts, "*").replace(uniqueTimes, "0")) as Record<
      string,
      unknown
    >,
    resources: resources.map(({ urn }) => urn.split("::").slice(2).join(" ")).sort(),
  };
}

/**
 * What is wrong after the run that followed an interrupted `up`.
 *
 * @param expected - an undisturbed run, where there is one to compare with
 * @param jobsBefore - jobs ever created before
 * @param more - what the cloud holds beside a stack with one model
 */
export async function problemsAfterUp(
  checkout: Checkout,
  expected: Result | undefined,
  jobsBefore: number,
  more: Partial<Counters> = {},
): Promise<string[]> {
  const result = await resultOf(checkout);
  const { outputs, resources } = expected ?? result;
  return [
    ...differentOutputs(result.outputs, outputs),
    ...notIn(resources, result.resources).map((resource) => `not in the state: ${resource}`),
    ...notIn(result.resources, resources).map((resource) => `too much in the state: ${resource}`),
    ...counted(result.counters, { ...complete, ...more, jobsEverCreated: jobsBefore + 1 }),
    ...unfinished(stateOf(checkout)),
  ];
}

/** What is left after the run that followed an interrupted `destroy`. */
export async function problemsAfterDestroy(checkout: Checkout, jobsBefore: number): Promise<string[]> {
  const left = (stateOf(checkout).resources ?? []).filter(({ type }) => type !== "pulumi:pulumi:Stack");
  return [
    ...counted(await checkout.counters(), { ...gone, jobsEverCreated: jobsBefore }),
    ...left.map(({ urn }) => `still in the state: ${urn}`),
  ];
}

function counted(counters: Counters, wanted: Partial<Counters>): string[] {
  const names = Object.keys(wanted) as (keyof Counters)[];
  const wrong = names.filter((name) => counters[name] !== wanted[name]);
  return wrong.map((name) => `${name}: ${counters[name]} instead of ${wanted[name]}`);
}

function differentOutputs(seen: Record<string, unknown>, wanted: Record<string, unknown>): string[] {
  const names = [...new Set([...Object.keys(seen), ...Object.keys(wanted)])];
  return names
    .map((name) => [name, JSON.stringify(seen[name]), JSON.stringify(wanted[name])])
    .filter(([, one, other]) => one !== other)
    .map(([name, one, other]) => `output ${name}: ${one} instead of ${other}`);
}

function notIn(some: string[], others: string[]): string[] {
  return some.filter((one) => !others.includes(one));
}

function unfinished({ resources = [], pending_operations: pending = [] }: StackState): string[] {
  return [
    ...resources.filter((resource) => resource.delete).map(({ urn }) => `still to be deleted: ${urn}`),
    ...resources.filter(({ initErrors }) => initErrors?.length).map(({ urn }) => `made with errors: ${urn}`),
    ...pending.map(({ resource, type }) => `still pending (${type}): ${resource.urn}`),
  ];
}

interface StackState {
  resources?: StackResource[];
  pending_operations?: PendingOperation[];
}

/** As the file backend has it: `pulumi stack export` would take seconds in each of hundreds of cases. */
function stateOf(checkout: Checkout): StackState {
  const file = ".local/pulumi-state/.pulumi/stacks/azure-openai-finetune/local.json";
  return (JSON.parse(checkout.read(file)) as { checkpoint: { latest?: StackState } }).checkpoint.latest ?? {};
}
