/**
 * What the live page gets to see: lines of JSON of `GET /local-azure/live/stream`, and what it asks for besides. Nothing here is secret: no key, token,
 * secret, query of a URL or content of a file. Times are milliseconds since 1970 on the service's clock, durations milliseconds.
 */
export type LiveLine =
  | { type: "hello"; service: ServiceFacts }
  /** A section whose content has changed; each comes once at the start. */
  | { type: "section"; section: SectionName; content: Sections[SectionName] }
  /** Requests that arrived or were answered since the last line, oldest first; `skipped`: how many more there were. */
  | { type: "requests"; requests: ShownRequest[]; skipped: number }
  /** At least every second, by which the page sees that the connection lives. */
  | { type: "tick"; now: number; requests: number };

export interface ServiceFacts {
  /** A different one after each start. */
  run: string;
  /** `https://localhost:<port>` */
  endpoint: string;
  subscriptionId: string;
  /** Requests that the service remembers, at most. */
  keptRequests: number;
}

export interface ShownRequest {
  /** Counts from 1 since the service's start. */
  number: number;
  method: string;
  path: string;
  /** 0 until it is answered. */
  status: number;
  left?: true;
  at: number;
  /** From its arrival to the end of its answer. */
  ms?: number;
  /** `user-agent` */
  agent?: string;
  /** `x-ms-request-id` of the answer. */
  id: string;
}

/** A request with its headers, as far as they were noted: only while somebody watches. */
export interface RequestDetail {
  request: ShownRequest;
  asked?: ShownHeader[];
  answered?: ShownHeader[];
}

export interface ShownHeader {
  name: string;
  value: string;
  /** `value` says how long it is, and of what kind, in place of what it is. */
  hidden?: true;
}

/** The newest rows of a list, and how many older ones are left out. */
export interface Rows<T> {
  rows: T[];
  more: number;
}

export interface Sections {
  clock: ClockFacts;
  totals: Totals;
  accounts: Rows<AccountRow>;
  deployments: Rows<DeploymentRow>;
  jobs: Rows<JobRow>;
  files: Rows<FileRow>;
  evals: Rows<EvalRow>;
  roles: Rows<RoleRow>;
  quota: Rows<QuotaRow>;
  faults: Rows<FaultRow>;
  models: Rows<ModelRow>;
}
export type SectionName = keyof Sections;

export interface ClockFacts {
  /** `machine`: the machine's clock; `ahead`: that, moved forward; `manual`: a program moves it. */
  kind: "machine" | "ahead" | "manual";
  /** By how much it is ahead of the machine's clock. */
  aheadMs: number;
  /** How long things take, in seconds, by their setting. */
  seconds: Record<string, number>;
}

export interface Totals {
  accounts: number;
  deletedAccounts: number;
  deployments: number;
  files: number;
  jobs: number;
  /** Ever submitted, deleted ones too. */
  jobsEverCreated: number;
  /** Of the jobs that are listed: those that ended in a charge, what was billed, and its price. */
  paidJobs: number;
  billedTokens: number;
  usd: number;
  /** Jobs whose tokens are being counted: they are in none of the three figures above yet. */
  counting: number;
  /** Paid jobs that the price feed has no price for. */
  unpriced: number;
}

export interface AccountRow {
  name: string;
  kind: string;
  location: string;
  resourceGroup: string;
  sku: string;
  /** `Deleted`: it can be recovered until `purgeAt`. */
  state: "Creating" | "Succeeded" | "Deleted";
  endpoint: string;
  /** Whether keys sign in, too. */
  localAuth: boolean;
  projects: string[];
  purgeAt?: number;
}

export interface DeploymentRow {
  account: string;
  name: string;
  model: string;
  version?: string;
  fineTuned: boolean;
  sku: string;
  capacity: number;
  /** `Starting`: Resource Manager says Succeeded, and no request is answered yet. */
  state: "Creating" | "Starting" | "Succeeded" | "Failed" | "Paused";
  createdAt: number;
  /** When the service deletes it by itself unless it is used. */
  endsAt?: number;
}

export interface JobRow {
  account: string;
  id: string;
  model: string;
  method: string;
  trainingType?: string;
  /** As the API shows it. */
  status: string;
  /** The service's own word: `queued` and `preparing` are both pending, `preempted` is paused. */
  phase: string;
  /** 0 to 100, of the work from start to end. */
  percent: number;
  step: number;
  steps: number;
  examples: number;
  epochs: number;
  createdAt: number;
  finishedAt?: number;
  /** By which it ends if nothing interferes; absent once it has ended, and while that is unknown. */
  estimatedFinish?: number;
  fineTunedModel?: string;
  error?: string;
  /** Once it has succeeded. */
  billedTokens?: number;
  usd?: number;
}

export interface JobDetail {
  id: string;
  trainingFile: string;
  validationFile?: string;
  suffix?: string;
  seed: number;
  epochs: number;
  batchSize: number;
  learningRateMultiplier: number;
  /** Newest first; `more`: how many older ones there are. */
  events: { at: number; level: string; message: string }[];
  more: number;
  /** Newest first. */
  checkpoints: { step: number; model: string; metrics: Record<string, number> }[];
}

export interface FileRow {
  account: string;
  id: string;
  filename: string;
  purpose: string;
  /** Absent: not known yet. */
  bytes?: number;
  rows?: number;
  status: string;
  problem?: string;
  createdAt: number;
}

export interface EvalRow {
  account: string;
  id: string;
  name: string;
  criteria: number;
  createdAt: number;
  /** Newest first, at most ten. */
  runs: { id: string; name: string; status: string; passed?: number; failed?: number; errored?: number }[];
}

export interface RoleRow {
  principal: string;
  role: string;
  scope: string;
  /** False while Azure's caches would not know of it. */
  inEffect: boolean;
}

export interface QuotaRow {
  location: string;
  name: string;
  used: number;
  limit: number;
}

export interface FaultRow {
  id: string;
  /** What it waits for: requests, or the next job or deployment of an account. */
  of: string;
  what: string;
  /** Of faults of requests: which of those that match, how many have matched, and how often it happened. */
  which?: string;
  seen?: number;
  fired?: number;
}

export interface ModelRow {
  name: string;
  version: string;
  format: string;
  /** Fine-tuning methods. */
  methods: string[];
  /** Regions of training type Standard. */
  regions: string[];
  retiresOn: string;
}
