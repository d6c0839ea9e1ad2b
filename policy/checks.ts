import type { PolicyResource, PolicyResourceOptions, ReportViolation, ResourceValidation } from "@pulumi/policy";
import { printable } from "../azure-openai/printable-text";
import type { ContentFilterRow } from "../catalog";
import type { CostEstimateInputs } from "../dynamic-providers/cost-estimate/schema";
import type { FineTuningJobInputs } from "../dynamic-providers/fine-tuning-job/schema";
import {
  ACCOUNT_TYPE,
  CONTENT_FILTER_TYPE,
  DIAGNOSTIC_SETTING_TYPE,
  DEPLOYMENT_TYPE,
  EXISTING_ACCOUNT_TYPE,
  finetuneType,
  PRIVATE_ENDPOINT_TYPE,
  SHARED_DEPLOYMENT_TYPE,
} from "../dynamic-providers/runtime/resource-types";
import type { TrainedModelInputs } from "../dynamic-providers/trained-model/schema";

/** Types of the resources that the rules look at. */
const types = {
  account: [ACCOUNT_TYPE],
  existingAccount: [EXISTING_ACCOUNT_TYPE],
  deployment: [DEPLOYMENT_TYPE, SHARED_DEPLOYMENT_TYPE],
  costEstimate: [finetuneType("CostEstimate")],
  fineTuningJob: [finetuneType("FineTuningJob")],
  trainedModel: [finetuneType("TrainedModel")],
  contentFilter: [CONTENT_FILTER_TYPE],
  privateEndpoint: [PRIVATE_ENDPOINT_TYPE],
  diagnosticSetting: [DIAGNOSTIC_SETTING_TYPE],
} satisfies Record<string, string[]>;

/** What the rules read of an account, the stack's own or an existing one. */
export interface AccountInputs {
  location?: string;
  kind?: string;
  sku?: { name?: string };
  tags?: Record<string, string>;
  properties?: {
    disableLocalAuth?: boolean;
    publicNetworkAccess?: string;
    encryption?: { keySource?: string };
    networkAcls?: { defaultAction?: string; ipRules?: { value: string }[] };
  };
}

/** A category of logs or metrics. */
interface Sent {
  category?: string;
  enabled?: boolean;
}

/** What the rules read of each. */
interface Inputs {
  account: AccountInputs;
  existingAccount: AccountInputs;
  deployment: { sku?: { name?: string; capacity?: number } };
  costEstimate: CostEstimateInputs;
  fineTuningJob: FineTuningJobInputs;
  trainedModel: TrainedModelInputs;
  privateEndpoint: { subnet?: { id?: string } };
  diagnosticSetting: { logs?: Sent[]; metrics?: Sent[] };
  contentFilter: { properties?: { mode?: string; contentFilters?: ContentFilterRow[] } };
}

/** A resource under a rule: its inputs and options, its stack, and the rule's settings. */
export interface Checked<Props, Settings> {
  props: Props;
  options: PolicyResourceOptions;
  stack: string;
  /** Name of the resource in the program. */
  name: string;
  settings: Settings;
}

/**
 * A check of the resources of one kind.
 *
 * @typeParam Settings - the rule's own settings, as its `configSchema` has them.
 */
export function checks<Settings = object>() {
  return <Kind extends keyof Inputs>(
    kind: Kind,
    check: (resource: Checked<Inputs[Kind], Settings>, report: ReportViolation) => void,
  ): ResourceValidation => {
    return (args, report) => {
      if (!isKind(kind, args.type)) return;
      const props = args.props as Inputs[Kind];
      const settings = args.getConfig() as Settings;
      // A message names what the resource says: names, regions, tags.
      check({ props, options: args.opts, stack: stackOf(args.urn), name: args.name, settings }, (message, urn) =>
        report(printable(message), urn),
      );
    };
  };
}

function isKind(kind: keyof Inputs, type: string): boolean {
  const kindTypes: string[] = types[kind];
  return kindTypes.includes(type);
}

/** The inputs of a stack's resources of one kind. */
export function propsOf<Kind extends keyof Inputs>(kind: Kind, resources: PolicyResource[]): Inputs[Kind][] {
  return resources.filter(({ type }) => isKind(kind, type)).map(({ props }) => props as Inputs[Kind]);
}

/** What to do about an account that isn't the stack's. */
const OWNERS =
  "It is an existing account, which its owner configures: ask them, or set `account.name` to another account.";

/**
 * A check of the account, the stack's own or an existing one.
 *
 * @param check - reports what is wrong in a sentence, and what to set about it in the stack's own account
 */
export function checksAccounts<Settings = object>() {
  return (
    check: (resource: Checked<AccountInputs, Settings>, report: (wrong: string, fix: string) => void) => void,
  ): ResourceValidation[] => [
    checks<Settings>()("account", (resource, report) => check(resource, (wrong, fix) => report(`${wrong} ${fix}`))),
    checks<Settings>()("existingAccount", (resource, report) =>
      check(resource, (wrong) => report(`${wrong} ${OWNERS}`)),
    ),
  ];
}

/** `urn:pulumi:<stack>::...` */
export function stackOf(urn: string): string {
  return urn.split("::")[0]!.replace(/^urn:pulumi:/, "");
}
