import { sameName } from "../../format/same-name";
import { isTunedName } from "../../azure-openai/model-names";
import type { Account, Deployment } from "@azure/arm-cognitiveservices";
import { parseAccountId } from "../../azure-openai/account-reference";
import type { Azure } from "../../azure-openai/azure";
import { type Catalog, findModel } from "../../catalog";
import { baseOf, deployedSubject } from "../../evaluation/running/deployed-subject";
import type { Subject } from "../../evaluation/running/subject";
import { UserError } from "../../stack/command";
import type { DeploymentAddress } from "./address";

/** Finds deployments, with what Resource Manager says of their models. Accounts are asked once. */
export class SubjectFinder {
  private readonly accounts = new Map<string, Promise<{ account: Account; deployments: Deployment[] }>>();

  /** @param stackAccountId - account of deployments that are named alone */
  constructor(
    private readonly azure: Azure,
    private readonly catalog: Catalog,
    private readonly stackAccountId: string | undefined,
  ) {}

  /** @throws UserError when there is no such deployment; AzureFailure */
  async find(address: DeploymentAddress): Promise<Subject> {
    if (address.kind === "endpoint") {
      const { endpoint, deployment } = address;
      // Without Resource Manager, which model it is remains unknown: its answers are kept by the address, and it is asked as OpenAI's models are.
      const chat = this.azure.dataPlaneAt(endpoint).chatWith();
      return { name: deployment, deploymentName: deployment, model: `${deployment} at ${endpoint}`, chat };
    }
    const accountId = address.kind === "id" ? address.accountId : this.stackAccountId!;
    const { account, deployments } = await this.look(accountId);
    const found = deployments.find(({ name }) => sameName(name, address.deployment));
    if (!found) throw missing(address.deployment, accountId, deployments);
    const chat = (await this.azure.dataPlane(accountId)).chatWith(found.properties?.model?.format);
    return {
      name: found.name!,
      deploymentName: found.name!,
      chat,
      ...deployedSubject(found, account.location ?? "", this.catalog),
    };
  }

  /** The deployment in the stack's account that grades as a model: one of that name, else one of that model. */
  async judge(model: string): Promise<Subject | undefined> {
    if (this.stackAccountId === undefined) return undefined;
    const { deployments } = await this.look(this.stackAccountId);
    const wanted = findModel(model, this.catalog)?.id;
    const named = deployments.find(({ name }) => sameName(name, model));
    const isOfModel = (one: Deployment) => !isTuned(one) && baseOf(one, this.catalog)?.id === wanted;
    const found = named ?? (wanted === undefined ? undefined : deployments.find(isOfModel));
    return found?.name ? this.find({ kind: "name", deployment: found.name }) : undefined;
  }

  private look(accountId: string) {
    const key = accountId.toLowerCase();
    const known = this.accounts.get(key);
    if (known) return known;
    const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
    const control = this.azure.accounts(subscriptionId);
    const asked = Promise.all([
      control.get(resourceGroupName, accountName),
      control.deployments(resourceGroupName, accountName),
    ]).then(([account, deployments]) => ({ account, deployments }));
    this.accounts.set(key, asked);
    return asked;
  }
}

function isTuned({ properties }: Deployment): boolean {
  return isTunedName(properties?.model?.name ?? "");
}

function missing(deployment: string, accountId: string, deployments: readonly Deployment[]): UserError {
  const names = deployments.flatMap(({ name }) => name ?? []);
  const there = names.length > 0 ? `It has ${names.join(", ")}.` : "It has none.";
  return new UserError(
    `The account ${parseAccountId(accountId).accountName} has no deployment ${deployment}. ${there} To use a deployment in another account, specify its ARM ID.`,
  );
}
