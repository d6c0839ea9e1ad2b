import { AzureError } from "../http/azure-error";
import type { AccountRecord, DeploymentFault } from "../world/state";

const OUTCOMES: DeploymentFault["outcome"][] = ["fail", "not-ready", "content-safety"];

/** Gives the account's next deployment of a fine-tuned model an outcome; several queue up. @throws AzureError 400 */
export function addDeploymentFault(account: AccountRecord, body: Record<string, unknown>): void {
  account.nextDeploymentFaults = [...(account.nextDeploymentFaults ?? []), readFault(body)];
}

/** What the next deployment is to meet; it is spent with this call. */
export function takeDeploymentFault(account: AccountRecord): DeploymentFault | undefined {
  return account.nextDeploymentFaults?.shift();
}

/**
 * The safety evaluation keeps a model from being deployed: Azure's sentence is documented (safety evaluation of fine-tuned
 * models); status, code and that the PUT itself is refused are a guess.
 */
export function blockedBySafety(): AzureError {
  return new AzureError(
    400,
    "ContentSafetyEvaluationFailed",
    "This model is unable to be deployed. Model evaluation identified that this fine tuned model scores above acceptable " +
      "thresholds for [Violence, Self Harm]. Please review your training data set and resubmit the job.",
  );
}

/** How a deployment fails after it was accepted: code and text are a guess. */
export const DEPLOYMENT_FAILED = {
  code: "DeploymentFailed",
  message: "The deployment could not be completed. Please delete it and try again.",
};

function readFault(body: Record<string, unknown>): DeploymentFault {
  if (!OUTCOMES.some((outcome) => outcome === body.outcome)) {
    const sentence = `outcome is ${JSON.stringify(body.outcome)}; it must be one of ${OUTCOMES.join(", ")}.`;
    throw new AzureError(400, "InvalidFault", sentence);
  }
  if (body.outcome === "not-ready" && !(typeof body.seconds === "number" && body.seconds >= 0))
    throw new AzureError(400, "InvalidFault", "not-ready needs seconds, 0 or more.");
  return body as DeploymentFault;
}
