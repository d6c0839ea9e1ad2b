import * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";
import * as pulumi from "@pulumi/pulumi";
import { BASE_POLICY, contentFilters, type ContentFilterRow, type FILTER_MODES, filterProblems } from "../catalog";
import { transformed } from "../program/transforms";
import { AccountAddition } from "./account-addition";
import type { AccountReference } from "./openai-account";

export interface ContentFilterArgs {
  /** The stack's own account. */
  account: Pick<AccountReference, "resourceGroupName" | "accountName" | "accountId">;
  /** Name of the policy in the account. @default "finetune-filter" */
  policyName?: string;
  /** @default "Default": an answer is filtered before it is sent */
  mode?: (typeof FILTER_MODES)[number];
  /** Where it differs from Microsoft.DefaultV2. @default [] */
  filters?: readonly ContentFilterRow[];
  /** @default {} */
  tags?: Record<string, string>;
}

/**
 * A content filter of an account (an RAI policy): Microsoft.DefaultV2 with changes. A deployment uses it by its name, and waits for it where it is
 * part of the deployment's `access`.
 *
 * @example
 * ```ts
 * const filter = new ContentFilter("filter", { account, filters: [{ name: "Hate", severityThreshold: "Low" }] });
 * const serving = new ModelDeployment("tutor", { account, model, deploymentName: "tutor", raiPolicyName: filter.policyName, access: [roles, filter] });
 * ```
 */
export class ContentFilter extends AccountAddition {
  /** Name of the policy, for `raiPolicyName`. */
  readonly policyName: string;

  /** @throws pulumi.RunError where a filter is none of Azure's, or is given twice */
  constructor(name: string, args: ContentFilterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("finetune:index:ContentFilter", name, {}, opts);
    const { account, policyName = "finetune-filter", mode = "Default", filters = [], tags } = args;
    const problems = filterProblems(filters, "filters");
    if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));
    new cognitiveservices.RaiPolicy(
      `${name}-policy`,
      transformed("contentFilter", `${name}-policy`, {
        resourceGroupName: account.resourceGroupName,
        // By the account's id: a replaced account takes its filter along.
        accountName: pulumi.output(account.accountId).apply(() => account.accountName),
        raiPolicyName: policyName,
        properties: { basePolicyName: BASE_POLICY, mode, contentFilters: contentFilters(filters) },
        tags,
      }),
      // Under another name the new one comes first: a deployment still refers to the old one.
      { parent: this, deleteBeforeReplace: false },
    );
    this.policyName = policyName;
    this.registerOutputs({ policyName });
  }
}
