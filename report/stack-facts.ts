import type { CostEstimateState } from "../dynamic-providers/cost-estimate/schema";
import type { DatasetState } from "../dynamic-providers/dataset/schema";
import type { ModelVersion, ModelVersionsState } from "../dynamic-providers/model-versions/schema";
import type { TrainingFileState } from "../dynamic-providers/training-file/schema";
import { stackAccount } from "../stack/stack-account";
import { type StackModels, stackModels } from "../stack/stack-models";
import { finetuneType } from "../dynamic-providers/runtime/resource-types";
import { resourcesOfType, type StackExport } from "../stack/stack-state";

/** What a stack's state says of its model. Parts are absent while `up` has not come so far. No secret is among them. */
export interface StackFacts extends StackModels {
  accountId: string;
  accountName: string;
  location: string;
  /** `https://<subdomain>.openai.azure.com/` */
  endpoint: string;
  /** Whether the account refuses keys. */
  keyless: boolean;
  /** As the settings name them now, which may be after the job's submission; the training file first. */
  datasets: DatasetState[];
  /** Files that were uploaded, also those that wait for their deletion. */
  uploads: TrainingFileState[];
  /** The register of the model's versions, newest first; empty where there is none yet. */
  versions: ModelVersion[];
  /** Of the settings as they are now, like `datasets`. */
  estimate?: CostEstimateState;
}

/** @returns undefined while the stack has no account. */
export function stackFacts(state: StackExport): StackFacts | undefined {
  const account = stackAccount(state);
  if (!account?.id) return undefined;
  const outputs = <T>(type: string) =>
    resourcesOfType(state, finetuneType(type)).flatMap((resource) => (resource.outputs as T | undefined) ?? []);
  return {
    ...stackModels(state),
    accountId: account.id,
    accountName: account.name,
    location: account.location,
    endpoint: account.endpoint,
    keyless: account.keyless,
    // The state has them in the order in which they happened to be registered.
    datasets: outputs<DatasetState>("Dataset").sort((a, b) => a.role.localeCompare(b.role)),
    uploads: uploadsOf(state),
    versions: outputs<Partial<ModelVersionsState>>("ModelVersions").flatMap(({ versions = [] }) => versions),
    estimate: outputs<CostEstimateState>("CostEstimate")[0],
  };
}

function uploadsOf(state: StackExport): TrainingFileState[] {
  return (state.deployment.resources ?? []).flatMap(({ type, outputs }) => {
    const file = outputs as Partial<TrainingFileState> | undefined;
    return type === finetuneType("TrainingFile") && file?.fileId ? [file as TrainingFileState] : [];
  });
}
