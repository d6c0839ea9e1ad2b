import { openAiEndpoint } from "../azure-openai/account-endpoint";
import type { ChatProbeState } from "../dynamic-providers/chat-probe/schema";
import type { CostEstimateState } from "../dynamic-providers/cost-estimate/schema";
import type { DatasetState } from "../dynamic-providers/dataset/schema";
import type { FineTuningJobState } from "../dynamic-providers/fine-tuning-job/schema";
import type { TrainedModelState } from "../dynamic-providers/trained-model/schema";
import { finetuneType, resourcesOfType, type StackExport } from "../tools/stack-state";

const accountType = "azure-native:cognitiveservices:Account";
const deploymentType = "azure-native:cognitiveservices:Deployment";

/** What a stack's state says of its model. Parts are absent while `up` has not come so far. No secret is among them. */
export interface StackFacts {
  accountId: string;
  accountName: string;
  location: string;
  /** `https://<subdomain>.openai.azure.com/` */
  endpoint: string;
  /** Whether the account refuses keys. */
  keyless: boolean;
  /** The training file first. */
  datasets: DatasetState[];
  job?: FineTuningJobState;
  /** Of a job whose wait has not ended, most fields are absent: see PartialTrainedModelState. */
  model?: Partial<TrainedModelState> & Pick<TrainedModelState, "jobId" | "checkpoint">;
  estimate?: CostEstimateState;
  probe?: ChatProbeState;
  /** The deployment that the stack made. */
  deployment?: { name: string; sku: string; capacity?: number };
}

interface AccountOutputs {
  name?: string;
  location?: string;
  properties?: { disableLocalAuth?: boolean; endpoint?: string; endpoints?: Record<string, string> };
}

interface DeploymentOutputs {
  name?: string;
  sku?: { name?: string; capacity?: number };
}

/** @returns undefined while the stack has no account. */
export function stackFacts(state: StackExport): StackFacts | undefined {
  const [account] = resourcesOfType(state, accountType);
  if (!account?.id) return undefined;
  const { name, location, properties } = (account.outputs ?? {}) as AccountOutputs;
  const outputs = <T>(type: string) =>
    resourcesOfType(state, finetuneType(type)).flatMap((resource) => (resource.outputs as T | undefined) ?? []);
  const deployment = resourcesOfType(state, deploymentType)[0]?.outputs as DeploymentOutputs | undefined;
  return {
    accountId: account.id,
    accountName: name ?? "",
    location: location ?? "",
    endpoint: openAiEndpoint(properties) ?? "",
    keyless: properties?.disableLocalAuth === true,
    // The state has them in the order in which they happened to be registered.
    datasets: outputs<DatasetState>("Dataset").sort((a, b) => a.role.localeCompare(b.role)),
    // A create that failed half way has outputs without an id.
    job: outputs<FineTuningJobState>("FineTuningJob").find(({ jobId }) => jobId),
    model: outputs<TrainedModelState>("TrainedModel")[0],
    estimate: outputs<CostEstimateState>("CostEstimate")[0],
    probe: outputs<ChatProbeState>("ChatProbe").find(({ answer }) => answer !== undefined),
    deployment: deployment?.name
      ? { name: deployment.name, sku: deployment.sku?.name ?? "", capacity: deployment.sku?.capacity }
      : undefined,
  };
}
