/** What a refusal is about. */
export type Situation =
  | "network"
  | "keysOff"
  | "missingRole"
  | "questionFiltered"
  | "dataRefused"
  | "modelRefused"
  | "notTunable"
  | "modelRetired"
  | "modelNotServed"
  | "notReady"
  | "fileNotReady"
  | "subdomainTaken"
  | "softDeleted"
  | "quota"
  | "conflict"
  | "kindFixed"
  | "modelFixed"
  | "nestedResources"
  | "assignmentExists";

/** One row of the table of refusals: how it is recognised, and what to say. */
export interface Rule {
  situation: Situation;
  /** Codes that mean this and nothing else; case doesn't matter. */
  codes?: string[];
  /** Words that mean this where the code is a general one. */
  says?: RegExp;
  /** The words say it all, whatever the code: no code of these refusals is recorded. */
  underAnyCode?: true;
  /** The words come before the codes of other rows. */
  before?: true;
  /** HTTP statuses it comes with. Default: any. */
  statuses?: number[];
  advice: string | ((text: string) => string);
  /** Default: as `advice`. */
  chatAdvice?: string | ((text: string) => string);
}

/*
 * Recorded or documented texts of Azure, first match wins. Sources: "recorded" or a public report of the real answer, unless a comment
 * says otherwise. Settings are named as in Pulumi.yaml.
 */
export const RULES: Rule[] = [
  {
    situation: "network",
    // Reported under the codes AccessDenied, Forbidden and 403. A role would not help, and a wait for one neither.
    says: /public (network )?access is disabled|(configure|approved) private endpoint|virtual network\s*\/\s*firewall rules/i,
    statuses: [403],
    before: true,
    advice:
      "The account's network settings block this machine; this isn't a missing role. Run this on a machine inside the network (with a private endpoint, the machine's DNS must resolve the account's name to that endpoint). Or allow this machine: if only selected networks are allowed, add its address to network.networkAcls.ipRules; if public access is disabled, set network.publicNetworkAccess to Enabled.",
  },
  {
    situation: "keysOff",
    codes: ["AuthenticationTypeDisabled"],
    says: /^key[- ]based authentication is disabled/i,
    advice:
      "The account's keys are disabled (localAuth: false). Sign in with Microsoft Entra ID instead; if a program needs a key, set localAuth to true and run `pulumi up`.",
  },
  {
    situation: "missingRole",
    codes: ["PermissionDenied"],
    says: /lacks the required data action/i,
    statuses: [401, 403],
    advice:
      "The signed-in identity needs the Cognitive Services OpenAI Contributor role on the account. If roles.manage is true, the stack assigns it to roles.principals; otherwise, assign it manually. A new assignment takes effect within about 10 minutes.",
    chatAdvice:
      "Assign the Cognitive Services OpenAI User role on the account to whoever started the playground; a new assignment can take a few minutes to take effect.",
  },
  {
    situation: "questionFiltered",
    codes: ["content_filter", "ResponsibleAIPolicyViolation"],
    says: /triggering .*content management policy|filtered due to the prompt/i,
    advice:
      "The deployment's content filter blocked the question, so retrying won't help. Change the question (for the chat probe: probe.question or probe.systemMessage), or set another content filter in deploy.raiPolicyName, then run `pulumi up`.",
    chatAdvice:
      "The deployment's content filter blocked the conversation; the deployment itself works. Change the message or the system message, or set another content filter in deploy.raiPolicyName.",
  },
  {
    situation: "dataRefused",
    // contentFilter is in the authoring API's list of codes; when it comes is a guess. The texts: Microsoft's page on safety evaluation
    // of fine-tuning, and OpenAI's for the same check.
    codes: ["contentFilter"],
    says: /training data failed|failed RAI checks|unsafe training file|blocked by our moderation system/i,
    underAnyCode: true,
    advice: (text) =>
      `Azure rejected the content of the dataset${harmsIn(text)}. \`training.retry\` won't help with the same data. Check the training and validation files for harmful examples (Azure doesn't say which lines contain them), remove or reword those examples, and run \`pulumi up\`: changed data starts a new job.`,
  },
  {
    situation: "modelRefused",
    says: /fine[- ]tuned model scores above acceptable thresholds|model is unable to be deployed\. Model evaluation/i,
    underAnyCode: true,
    advice: (text) =>
      `Azure's safety evaluation rejected the trained model${harmsIn(text)}. \`training.retry\` won't help with the same data. Remove or balance the examples that teach harmful answers, and run \`pulumi up\`: changed data starts a new job. Azure's documentation says that you are not charged for a rejected model.`,
  },
  {
    situation: "notTunable",
    says: /base model does not support fine[- ]tuning|does not support fine[- ]tuning with .*training ?type/i,
    underAnyCode: true,
    advice:
      "Whether a model can be fine-tuned depends on the combination of model, location, trainingType and method. Check these settings.",
  },
  {
    situation: "modelRetired",
    // The second is the code of a model that takes no new deployments any more: a guess from its name.
    codes: ["ServiceModelDeprecated", "ServiceModelDeprecating"],
    says: /\bmodel '[^']*' (has been|was|is) (deprecated|retired)|\bmodel \S+ (has been|was) (deprecated|retired)/i,
    advice: (text) =>
      `Azure has retired ${retiredIn(text)}. Each deployment type has its own retirement date, so another deploy.sku may still be available. Otherwise, set model to one that is not retired; that starts a new paid job.`,
    chatAdvice: (text) => `Azure has retired ${retiredIn(text)}. Choose another deployment, or deploy another model.`,
  },
  {
    situation: "modelNotServed",
    codes: ["DeploymentModelNotSupported"],
    advice:
      "This model can't be deployed in this region with this deploy.sku. Change deploy.sku (no training cost), or location, which creates a new account and trains again.",
  },
  {
    situation: "notReady",
    codes: ["BadRequestForDependentService", "DeploymentNotReady"],
    advice:
      "The deployment is not ready yet; this can take a few minutes after its creation. Wait, then run `pulumi up` again (probe.waitMinutes sets how long each `up` waits).",
    chatAdvice:
      "The deployment is not ready yet; this can take a few minutes after its creation. Try again in a few minutes.",
  },
  {
    situation: "fileNotReady",
    says: /must point to a completed file import/i,
    advice:
      "Azure is still checking the uploaded file, or has rejected it; no job was submitted. Run `pulumi up` again: it waits for the file and reports any problem with it.",
  },
  {
    situation: "subdomainTaken",
    codes: ["CustomDomainInUse"],
    advice:
      "Subdomains are unique across Azure, and a deleted account keeps its subdomain for 48 hours. Choose another account.name, or restore the deleted account if it was yours (docs/troubleshooting.md, Names).",
  },
  {
    situation: "softDeleted",
    codes: ["FlagMustBeSetForRestore"],
    advice:
      "A deleted account with this name is kept for 48 hours. If this stack created it, restore it (`az cognitiveservices account recover`) and run `npm run recover`; otherwise choose another account.name. A purge also releases the name, but permanently deletes the account's files, jobs and models.",
  },
  {
    situation: "quota",
    codes: ["InsufficientQuota"],
    advice:
      "Lower deploy.capacity, delete a deployment that is not needed, or request more quota. A trained model is kept: the next `pulumi up` only deploys it.",
  },
  {
    situation: "conflict",
    codes: ["RequestConflict"],
    advice:
      "Another operation was modifying the same account, and Azure allows only one at a time. Run the command again when that operation has finished.",
  },
  {
    situation: "kindFixed",
    codes: ["UpdateKindNotAllowed"],
    advice:
      "Azure can't change the kind of this account. If Azure has upgraded it to a Foundry account, run `pulumi refresh`, then `pulumi up`: the stack then keeps that kind. If account.kind requests the upgrade, remove that setting: Azure does not upgrade this account yet. If the account is of any other kind, choose another account.name.",
  },
  {
    situation: "modelFixed",
    codes: ["CannotChangeDeploymentModel"],
    advice:
      "The model of this deployment can't be changed in place: set deploy.switch to blueGreen, or to recreate (with downtime), and run `pulumi up`.",
  },
  {
    situation: "nestedResources",
    codes: ["CannotDeleteResource"],
    advice:
      "The account contains something that does not belong to this stack (a deployment, or a project of a Foundry account). Delete what the message lists, then run destroy again.",
  },
  {
    situation: "assignmentExists",
    codes: ["RoleAssignmentExists"],
    advice:
      "The principal already has this role. If the role is Cognitive Services Usages Reader, another stack assigned it: set roles.usagesReader to false. Otherwise, run `npm run recover`, or delete the assignment if it was created manually.",
  },
];

/** ` for hate_fairness, violence`: the harms in Azure's brackets; nothing where there are none. */
function harmsIn(text: string): string {
  const harms = /\[([\w ,_-]{1,200})\]/.exec(text)?.[1];
  return harms ? ` for ${harms}` : "";
}

/** The model and the day that the sentence names, e.g. `gpt-4o-mini 2024-07-18 (since 2026-03-31)`. */
function retiredIn(text: string): string {
  const name = /\bName:\s*([\w.-]+)/.exec(text)?.[1];
  const version = /\bVersion:\s*([\w.-]+)/.exec(text)?.[1];
  const [, month, day, year] = /since (\d{2})\/(\d{2})\/(\d{4})/.exec(text) ?? [];
  return `${name ? [name, version].filter(Boolean).join(" ") : "the model"}${year ? ` (since ${year}-${month}-${day})` : ""}`;
}
