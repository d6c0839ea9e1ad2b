/**
 * Everything the service remembers, as it is stored in the state file: plain JSON, no Dates, no Maps.
 * What time alone decides (a job's status, a deployment's readiness) is computed from stored times, never stored.
 */
export interface State {
  version: 1;
  tenantId: string;
  subscriptionId: string;
  /** Applications (service principals) that may sign in; the first one is the deployer, Owner of the subscription. */
  clients: ClientRecord[];
  /** RSA private key (PKCS#8 PEM) that signs access tokens and the tokens of the built-in OIDC issuer. */
  tokenSecret: string;
  /** Opens the endpoints under /local-azure/. */
  adminToken: string;
  /** Header value that the managed identity endpoint asks for. */
  managedIdentitySecret: string;
  /** Bearer token that the OIDC request URL asks for. */
  oidcRequestToken: string;
  /** Tags of the subscription. */
  tags?: Record<string, string>;
  resourceGroups: ResourceGroupRecord[];
  accounts: AccountRecord[];
  deletedAccounts: DeletedAccountRecord[];
  /** Jobs ever submitted on accounts that are purged by now. */
  jobsOfPurgedAccounts: number;
  roleAssignments: RoleAssignmentRecord[];
  /** Locks of the subscription, groups and accounts. */
  locks?: LockRecord[];
  /** Recently deleted assignments: they keep granting until the lag is over. */
  removedRoleAssignments: (RoleAssignmentRecord & { removedAt: number })[];
  /** Capacity of deleted deployments that is not free yet. */
  freedQuota: FreedQuotaRecord[];
  /** Long-running operations of Resource Manager that clients poll. */
  operations: OperationRecord[];
  /** Deployments of templates (`Microsoft.Resources/deployments`), running and ended. */
  templateDeployments?: TemplateDeploymentRecord[];
  /** Milliseconds by which the service's clock is ahead of the machine's. */
  clockOffsetMs: number;
}

export interface ClientRecord {
  clientId: string;
  clientSecret: string;
  /** Object id of the service principal. */
  objectId: string;
  displayName: string;
  /** Milliseconds since 1970 at which the secret stops working; absent: never. */
  secretExpiresAt?: number;
  /** X.509 certificates (PEM) that may sign client assertions. */
  certificates?: string[];
  /** Tokens of other issuers that are accepted as client assertions. */
  federated?: FederatedTrust[];
}

export interface FederatedTrust {
  /** `iss` of the token; absent: the service's own OIDC issuer, whose address follows the port. */
  issuer?: string;
  subject: string;
  audience: string;
  /** Public key of the issuer (PEM); not used for the service's own issuer. */
  publicKey?: string;
}

export interface ResourceGroupRecord {
  name: string;
  location: string;
  tags?: Record<string, string>;
}

export interface AccountRecord {
  /** Canonical ARM ID, as first created. */
  id: string;
  name: string;
  resourceGroup: string;
  /** The region's short name, e.g. `northcentralus`. */
  location: string;
  /** As its maker wrote it, where only the case differs: so Resource Manager shows it. */
  locationAsSent?: string;
  kind: string;
  sku: { name: string };
  tags?: Record<string, string>;
  identity?: Record<string, unknown>;
  /** What the caller sent under `properties` (customSubDomainName, disableLocalAuth, ...). */
  properties: Record<string, unknown> & { customSubDomainName?: string; disableLocalAuth?: boolean };
  /** KEY1 and KEY2. */
  keys: [string, string];
  /** Milliseconds since 1970. */
  createdAt: number;
  /** When provisioning ends; before it the state is Creating. */
  readyAt: number;
  updatedAt: number;
  /** Application ids of its creator and of the last to change it. */
  createdBy: string;
  updatedBy: string;
  deployments: DeploymentRecord[];
  /** Content filters of its own. */
  raiPolicies?: RaiPolicyRecord[];
  /** Of a Foundry account, the default one first. */
  projects?: ProjectRecord[];
  connections?: ConnectionRecord[];
  /** Outcomes that the next deployments of fine-tuned models take, first in first out (set by tests). */
  nextDeploymentFaults?: DeploymentFault[];
  dataPlane: DataPlaneState;
}

export interface ProjectRecord {
  name: string;
  properties: Record<string, unknown>;
  tags?: Record<string, string>;
  identity?: Record<string, unknown>;
  connections?: ConnectionRecord[];
  createdAt: number;
  updatedAt: number;
  createdBy: string;
  updatedBy: string;
}

export interface ConnectionRecord {
  name: string;
  /** As sent, credentials too. */
  properties: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
  createdBy: string;
  updatedBy: string;
}

export interface LockRecord {
  id: string;
  name: string;
  scope: string;
  level: "CanNotDelete" | "ReadOnly";
  notes?: string;
  owners?: unknown[];
}

export interface RaiPolicyRecord {
  name: string;
  properties: Record<string, unknown> & { basePolicyName?: string };
  tags?: Record<string, string>;
  createdAt: number;
  updatedAt: number;
  createdBy: string;
  updatedBy: string;
}

export interface DeploymentRecord {
  name: string;
  /** Whether the model was fine-tuned: such deployments are deleted automatically (15 idle days, 24 h of DeveloperTier). */
  fineTuned: boolean;
  /** Name of the quota that its capacity counts against. */
  quota: string;
  sku: { name: string; capacity: number };
  model: { format: string; name: string; version?: string };
  tags?: Record<string, string>;
  properties: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
  createdBy: string;
  updatedBy: string;
  /** ARM says Succeeded from here on. */
  readyAt: number;
  /** Chat answers from here on (ARM Succeeded is not ready). */
  servingAt: number;
  /** Last chat call, for the rule of 15 idle days. */
  lastUsedAt: number;
  /** Answers no inference until it is resumed. */
  paused?: boolean;
  /** It fails: at `readyAt` its state is Failed. */
  failed?: boolean;
}

/** An outcome of a deployment other than success. */
export type DeploymentFault =
  /** Resource Manager takes it, and it fails after its time. */
  | { outcome: "fail" }
  /** Succeeded as usual, but chat is answered so much later. */
  | { outcome: "not-ready"; seconds: number }
  /** The model's safety evaluation forbids it. */
  | { outcome: "content-safety" };

export interface DeletedAccountRecord {
  account: AccountRecord;
  deletedAt: number;
  purgeAt: number;
}

export interface RoleAssignmentRecord {
  id: string;
  name: string;
  scope: string;
  roleDefinitionId: string;
  principalId: string;
  principalType: string;
  createdAt: number;
  createdBy?: string;
  description?: string;
}

export interface FreedQuotaRecord {
  location: string;
  /** Name of the quota, e.g. `OpenAI.Standard.gpt-4o-mini-finetune`. */
  quota: string;
  capacity: number;
  freeAt: number;
}

export interface OperationRecord {
  id: string;
  location: string;
  startedAt: number;
  endsAt: number;
  error?: { code: string; message: string };
}

/** A deployment of a template: what was sent, and how far its resources have come. */
export interface TemplateDeploymentRecord {
  id: string;
  name: string;
  /** Absent: of the subscription. */
  resourceGroup?: string;
  /** Of a deployment of the subscription. */
  location?: string;
  tags?: Record<string, string>;
  /** Mode Complete: what the resource group has besides is deleted. */
  complete?: true;
  /** As sent. */
  template: unknown;
  /** Values as sent or by default, secret ones too. */
  parameters: Record<string, unknown>;
  /** Application id of who deploys; each resource is written in its name. */
  by: string;
  correlationId: string;
  /** Of its operation, which clients ask for. */
  operationId: string;
  startedAt: number;
  endedAt?: number;
  canceled?: boolean;
  resources: PlannedResource[];
  outputs?: Record<string, { type: string; value?: unknown }>;
  error?: DeploymentError;
}

export interface DeploymentError {
  code: string;
  message: string;
  target?: string;
  details?: unknown;
}

/** A resource of a template, one for each turn of a loop. */
export interface PlannedResource {
  id: string;
  type: string;
  /** With its parents' names: `account/deployment`. */
  name: string;
  apiVersion: string;
  /** Its name inside the template. */
  symbol?: string;
  loop?: { name: string; index: number; batch: number };
  /** Loops around its definition, the innermost first. */
  loops: { name: string; index: number }[];
  /** As in the template, not evaluated, without its children. */
  definition: Record<string, unknown>;
  /** Mode Complete deletes it: it is not of the template. */
  deletes?: true;
  /** Ids of resources of the template that come before it. */
  dependsOn: string[];
  /** `existing`: only read; `skipped`: its condition is false. */
  state: "waiting" | "running" | "succeeded" | "failed" | "existing" | "skipped";
  /** Path to ask for its end, while it runs. */
  poll?: string;
  startedAt?: number;
  endedAt?: number;
  /** Of the write's answer. */
  status?: number;
  error?: DeploymentError;
}

/** Files, uploads and jobs of one account. */
export interface DataPlaneState {
  files: FileRecord[];
  uploads: UploadRecord[];
  jobs: JobRecord[];
  /** Ever submitted on this account, deleted ones too: what the tests count. */
  jobsEverCreated: number;
  /** Outcomes that the next submitted jobs take, first in first out (set by tests and rehearsals of trouble). */
  nextJobFaults?: JobFault[];
  evals?: EvalRecord[];
  /** Copies of its checkpoints that were asked for. */
  checkpointCopies?: CheckpointCopyRecord[];
  /** Models that were copied to this account; its lists don't show them. */
  copiedModels?: CopiedModelRecord[];
}

/** Criteria that answers are held against, and the runs over them. */
export interface EvalRecord {
  id: string;
  name: string;
  createdAt: number;
  metadata: Record<string, string>;
  /** `data_source_config` as sent. */
  config: Record<string, unknown>;
  /** Graders, with `pass_threshold`. */
  criteria: Record<string, unknown>[];
  /** Oldest first. */
  runs: EvalRunRecord[];
}

export interface EvalRunRecord {
  id: string;
  name: string;
  createdAt: number;
  metadata: Record<string, string>;
  /** `data_source` as sent. */
  source: Record<string, unknown>;
  canceledAt?: number;
  /** Set at its end, together with one of the next two. */
  endedAt?: number;
  outcome?: EvalOutcome;
  problem?: { code: string; message: string };
}

/** What a run came to; its output items are kept beside the state. */
export interface EvalOutcome {
  passed: number;
  failed: number;
  errored: number;
  /** In the order of the criteria. */
  criteria: { passed: number; failed: number }[];
  usage: { model: string; invocations: number; prompt: number; completion: number }[];
}

export interface CheckpointCopyRecord {
  jobId: string;
  step: number;
  /** As asked for. */
  destinationResourceId: string;
  region: string;
  /** It has arrived, or failed, from here on. */
  endsAt: number;
  failed: boolean;
}

export interface CopiedModelRecord {
  /** The job as it was; its bytes are shared with the account that it came from, and outlive it there. */
  job: JobRecord;
  /** Of a checkpoint; absent: the model itself. */
  step?: number;
  arrivesAt: number;
}

export interface FileRecord {
  id: string;
  filename: string;
  purpose: string;
  bytes: number;
  createdAt: number;
  /** Processing ends here. */
  processedAt: number;
  /** Found by the content check; the file's status becomes `error`. */
  problem?: string;
  /** What the content check counted; absent for purposes other than fine-tune. */
  rows?: RowCounts;
  /** The file is deleted from here on. */
  expiresAt?: number;
  /** Being fetched from here; absent once the bytes have arrived. */
  importFrom?: string;
  /** Results of this job: their text is generated from the job's metrics, there is no blob while the job exists. */
  resultsOf?: string;
}

/** Rows of a training or validation file by shape. */
export interface RowCounts {
  /** `messages` with an assistant turn to learn from. */
  chat: number;
  /** `input`, `preferred_output` and `non_preferred_output`. */
  preference: number;
  /** `messages` without an assistant turn: for reinforcement. */
  prompt: number;
}

export interface UploadRecord {
  id: string;
  filename: string;
  purpose: string;
  bytes: number;
  mimeType: string;
  createdAt: number;
  expiresAt: number;
  status: "pending" | "completed" | "cancelled";
  parts: UploadPartRecord[];
  fileId?: string;
}

export interface UploadPartRecord {
  id: string;
  /** Clients may complete an upload by these, too. */
  blockId: string;
  bytes: number;
  createdAt: number;
}

/** A fine-tuning job: what was asked for and the times from which its course is computed. */
export interface JobRecord {
  id: string;
  /** Base model or tuned model it starts from, with its version. */
  model: string;
  /** Base model at the root, with its version: the tuned model's name begins with it. */
  baseModel: string;
  createdAt: number;
  trainingFile: string;
  validationFile?: string;
  /** Tuned model's jobs that this one continues, oldest first: their rows are known to the model at the start. */
  ancestors: string[];
  suffix?: string;
  seed: number;
  method?: JobMethod;
  /** As asked for; -1 = auto. */
  requested: Hyperparameters;
  /** What training uses: the requested values, or the service's choice. */
  chosen: Hyperparameters;
  trainingType?: string;
  integrations?: unknown[];
  metadata?: Record<string, string>;
  /** Members of the request that this service doesn't know, as they were sent. */
  unknownMembers?: Record<string, unknown>;
  trainingRows: number;
  /** From submission to the place in the queue. */
  preparationMs: number;
  /** From the start to the end, without stops. */
  trainingMs: number;
  /** Set when a slot became free. */
  startedAt?: number;
  /** Training is paused from `at` to `resumedAt` (absent: still paused). */
  stops: { at: number; resumedAt?: number; why: "paused" | "preempted" | "limit" }[];
  cancelledAt?: number;
  /** Found when the job was submitted; it fails at the end of its preparation. */
  problem?: JobProblem;
  resultFileId: string;
  /** The results file has been added to the account's files (and may have been deleted since). */
  resultFileListed?: boolean;
  fault?: JobFault;
  /** Callers no longer find the record, but the model still exists (a rehearsal of drift). */
  forgotten?: boolean;
}

export interface Hyperparameters {
  epochs: number;
  batchSize: number;
  learningRateMultiplier: number;
}

export type JobMethod = { type: "supervised" | "dpo" | "reinforcement" } & Record<string, unknown>;

export interface JobProblem {
  code: string;
  message: string;
  param?: string;
}

/** An outcome other than success. Fractions are of the job's active time. */
export type JobFault =
  | { outcome: "fail-validation"; message?: string }
  | { outcome: "fail-training"; atFraction?: number; message?: string }
  | { outcome: "fail-evaluation"; message?: string }
  /** The evaluation fails after a successful training: nothing is billed. */
  | { outcome: "fail-postprocessing"; message?: string }
  | { outcome: "stay-queued" }
  | { outcome: "preempt"; atFraction?: number; seconds?: number }
  /** The service pauses it, as it does with a reinforcement job at its spending limit. */
  | { outcome: "pause"; atFraction?: number }
  | { outcome: "cancel"; atFraction?: number };
