import type { Azure } from "../azure-openai/azure";
import { parseAccountId } from "../azure-openai/account-reference";
import type { Clock } from "../azure-openai/clock";
import type { DataPlane } from "../azure-openai/data-plane";
import type { Deployment } from "@azure/arm-cognitiveservices";
import { UserError } from "../stack/command";
import type { ResultsOf } from "./evaluation/facts";
import { rememberedResults } from "./evaluation/remembered-results";
import type { ShownCase } from "./evaluation/shown-cases";
import { gatherReport } from "./gather";
import { JobMemory } from "./job-memory";
import type { ReportData } from "./report-data";
import { type StackFacts, stackFacts } from "./stack-facts";
import type { StackSource } from "./stack-source";
import { RememberedValue } from "./remembered-value";

/** While `up` is at work the state changes every few seconds; reading it starts a process. */
const STATE_AGE_MS = 5_000;
const SETTLED_STATE_AGE_MS = 60_000;
const HISTORY_AGE_MS = 60_000;
const DEPLOYMENTS_AGE_MS = 15_000;
/** Several open pages cost the service no more than one. */
const REPORT_AGE_MS = 1_000;

/** A stack as the playground and the report see it: its state and its account, each read again when it may have changed. */
export class StackView {
  readonly stack: string;
  private readonly memory = new JobMemory();
  private readonly state: RememberedValue<StackFacts>;
  private readonly history;
  private readonly found;
  private readonly gathered;
  private readonly results: ResultsOf;

  /** @param results - finds the evaluation of the job's model. Default: there is none. */
  constructor(
    source: StackSource,
    private readonly azure: Azure,
    private readonly clock: Clock,
    results: ResultsOf = () => Promise.resolve(undefined),
  ) {
    this.stack = source.stack;
    const now = () => clock.now();
    this.results = rememberedResults(results, now);
    const settled = ({ model, promoted, earlier }: StackFacts) =>
      (model ?? promoted)?.fineTunedModel !== undefined && earlier === undefined;
    const age = (facts: StackFacts) => (settled(facts) ? SETTLED_STATE_AGE_MS : STATE_AGE_MS);
    this.state = new RememberedValue(async () => readFacts(source), age, now);
    this.history = new RememberedValue(
      () => source.updates(),
      () => HISTORY_AGE_MS,
      now,
    );
    this.found = new RememberedValue(
      () => this.listDeployments(),
      () => DEPLOYMENTS_AGE_MS,
      now,
    );
    this.gathered = new RememberedValue(
      () => this.gather(),
      () => REPORT_AGE_MS,
      now,
    );
  }

  /** Whether the stack is in a rehearsal service instead of Azure. */
  get rehearsal(): boolean {
    return this.azure.rehearsal;
  }

  facts(): Promise<StackFacts> {
    return this.state.get();
  }

  /** Deployments of the stack's account, whoever made them. */
  deployments(): Promise<Deployment[]> {
    return this.found.get();
  }

  async dataPlane(): Promise<DataPlane> {
    return this.azure.dataPlane((await this.facts()).accountId);
  }

  report(): Promise<ReportData> {
    return this.gathered.get();
  }

  /** The cases that the report's evaluation is of, with their texts; undefined without an evaluation. */
  async evaluatedCases(): Promise<ShownCase[] | undefined> {
    const { job } = await this.report();
    return (await this.results(job?.fineTunedModel))?.evaluation.cases;
  }

  private async listDeployments(): Promise<Deployment[]> {
    const { subscriptionId, resourceGroupName, accountName } = parseAccountId((await this.facts()).accountId);
    return this.azure.accounts(subscriptionId).deployments(resourceGroupName, accountName);
  }

  private async gather(): Promise<ReportData> {
    const { stack, memory, results, rehearsal } = this;
    const [facts, updates, dataPlane] = await Promise.all([this.facts(), this.history.get(), this.dataPlane()]);
    return gatherReport({ stack, facts, updates, dataPlane, memory, results, rehearsal, now: this.clock.now() });
  }
}

async function readFacts(source: StackSource): Promise<StackFacts> {
  const facts = stackFacts(await source.state());
  if (facts) return facts;
  throw new UserError(
    `stack ${source.stack} has no Azure OpenAI account yet. Create it first: pulumi up (or npm start for the rehearsal).`,
  );
}
