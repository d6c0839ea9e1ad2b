import { expect } from "@jest/globals";
import { resourcesOfType } from "../../stack/stack-state";
import { pace } from "../crash/reference";
import { Checkout } from "./checkout";

/** What a deleted deployment held becomes free after this time. */
export const FREE_AFTER_SECONDS = 6;
/** Of a Standard deployment of the tuned model, in its quota's unit. */
export const WHOLE_QUOTA = 250;

/** A checkout whose deployment takes all of its quota and makes place for the next one, under `deploy.switch: recreate`. */
export async function openWholeQuota(): Promise<Checkout> {
  const checkout = await Checkout.open({ ...pace, quotaFreeSeconds: FREE_AFTER_SECONDS });
  checkout.configure({ "deploy.switch": "recreate", "deploy.capacity": WHOLE_QUOTA, "retain.versions": 1 });
  return checkout;
}

/** Inputs of the stack's deployment. */
export async function deploymentInputs(checkout: Checkout): Promise<Record<string, string>> {
  const deployments = resourcesOfType(await checkout.stackState(), "azure-native:cognitiveservices:Deployment");
  return deployments[0]!.inputs as Record<string, string>;
}

export async function expectNothingLeft(checkout: Checkout, jobsEverCreated: number): Promise<void> {
  expect(await checkout.pulumi("destroy", "--yes", "--skip-preview")).toSucceed();
  const none = { accounts: 0, deletedAccounts: 0, deployments: 0, roleAssignments: 0, files: 0, jobs: 0, uploads: 0 };
  await expect(checkout.counters()).resolves.toMatchObject({ ...none, jobsEverCreated });
}
