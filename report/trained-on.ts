import type { CostEstimateState } from "../dynamic-providers/cost-estimate/schema";
import type { DatasetState } from "../dynamic-providers/dataset/schema";
import type { FineTuningJobState } from "../dynamic-providers/fine-tuning-job/schema";
import type { ModelState } from "../stack/stack-models";
import type { Lineage } from "./report-data";
import type { StackFacts } from "./stack-facts";

type Role = DatasetState["role"];
type JobFile = Lineage["datasets"][number];

/**
 * Whether a job was trained on a dataset file as the state has it. A preview or an `up` that ended before it submitted a job leaves the
 * next training's files there. States of the first versions don't tell.
 */
export function isTrainedOn(job: FineTuningJobState, data: DatasetState): boolean {
  if (job.trainingSha256 === undefined) return true;
  const wanted = data.role === "training" ? job.trainingSha256 : job.validationSha256;
  return wanted === data.sha256 || wanted === data.contentSha256;
}

/** Whether an estimate is of the training that the job is, and not of the next one. */
export function isEstimateOf(job: FineTuningJobState, estimate: CostEstimateState, datasets: DatasetState[]): boolean {
  const training = datasets.find(({ role }) => role === "training");
  const same = (one: unknown, other: unknown) => one === undefined || other === undefined || one === other;
  return (
    (training === undefined || isTrainedOn(job, training)) &&
    same(estimate.model, job.model) &&
    same(estimate.method, job.method) &&
    same(estimate.trainingType, job.trainingType) &&
    // A state without the method is of a version that kept no hyperparameters either.
    (job.method === undefined || same(estimate.epochs, job.hyperparameters?.nEpochs ?? "auto"))
  );
}

/** The files that a job was trained on, with what is still known of them. */
export function filesOf(
  job: FineTuningJobState | undefined,
  model: ModelState | undefined,
  facts: Pick<StackFacts, "datasets" | "uploads">,
): JobFile[] {
  if (!job) return facts.datasets.map((data) => ofDataset(data, undefined));
  return (["training", "validation"] as const).flatMap((role) => fileOf(role, job, model, facts) ?? []);
}

function fileOf(
  role: Role,
  job: FineTuningJobState,
  model: ModelState | undefined,
  { datasets, uploads }: Pick<StackFacts, "datasets" | "uploads">,
): JobFile | undefined {
  const fileId = role === "training" ? job.trainingFileId : job.validationFileId;
  const hash = role === "training" ? job.trainingSha256 : job.validationSha256;
  const data = datasets.find((one) => one.role === role);
  if (data && isTrainedOn(job, data)) return ofDataset(data, fileId);
  if (hash === undefined) return undefined;
  const upload = uploads.find((one) => one.fileId === fileId);
  // What was trained is recorded with the model, for the training file.
  const { examples, tokens } = (role === "training" && model?.run) || {};
  return { role, path: upload?.path, sha256: upload?.sha256 ?? hash, examples, tokens, fileId };
}

function ofDataset({ role, path, sha256, examples, tokens }: DatasetState, fileId: string | undefined): JobFile {
  return { role, path, sha256, examples, tokens: tokens.total.sum, fileId };
}
