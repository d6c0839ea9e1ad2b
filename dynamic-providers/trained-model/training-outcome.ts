import { withoutCheckpoint } from "../../azure-openai/model-names";
import type { DataPlane } from "../../azure-openai/data-plane";
import type { RemoteJob } from "../../azure-openai/remote-jobs";
import { chooseCheckpoint, type ChosenModel, finalFigures } from "./choose-checkpoint";
import { collectResults } from "./collect-results";
import { gateFailures } from "./gate";
import { type JobResults, resultNames, type TrainedModelInputs, type TrainedModelState } from "./schema";

/** What a job made: its model, and the figures by which it is judged. */
export interface TrainingOutcome {
  /** Name of the model itself, not of a checkpoint. */
  model: string;
  results: JobResults;
}

/** @throws Error when the service names no model yet; AzureFailure */
export async function readOutcome(dataPlane: DataPlane, job: RemoteJob): Promise<TrainingOutcome> {
  const model = job.fine_tuned_model;
  if (!model)
    throw new Error(`${job.id} succeeded, but the service hasn't returned a model name yet; run \`pulumi up\` again.`);
  return { model, results: await collectResults(dataPlane, job) };
}

/** What the state knows of the job's model already: then nobody need be asked, and the job's record may be gone by now. */
export function outcomeInState(state: TrainedModelState | undefined, jobId: string): TrainingOutcome | undefined {
  const deployed = state?.fineTunedModel;
  const model = state?.candidate ?? (deployed === undefined ? undefined : withoutCheckpoint(deployed));
  return state && model !== undefined && state.jobId === jobId ? { model, results: resultsIn(state) } : undefined;
}

/**
 * What is to be deployed; where `deploy.version` names what serves, `refused` says why the gate refuses it, if it does.
 *
 * @throws Error with the figures when the settings don't allow it, in words that hold whether the model is new, refused before, or the one that
 * serves, and whether anything is deployed at all
 */
export function decide(
  { checkpoint, gate, pinned }: TrainedModelInputs,
  { model, results }: TrainingOutcome,
): ChosenModel & { refused: string } {
  const chosen = chooseCheckpoint(checkpoint, model, finalFigures(results), results.checkpoints);
  const failures = gateFailures(gate, chosen.metrics).join("; ");
  if (failures === "") return { ...chosen, refused: "" };
  if (pinned) return { ...chosen, refused: `\`deploy.gate\` refused it: ${failures}` };
  throw new Error(
    `${chosen.name} does not pass \`deploy.gate\`: ${failures}. The current deployment stays in service. To deploy this model, change or remove \`deploy.gate\` (no charge); to deploy an earlier version, set \`deploy.version\`. If you train again, you will be charged for that training.`,
  );
}

function resultsIn(state: TrainedModelState): JobResults {
  return Object.fromEntries(resultNames.map((name) => [name, state[name]])) as JobResults;
}
