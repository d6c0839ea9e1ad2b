import { isTunedName } from "../../azure-openai/model-names";
import type { Account, Deployment } from "@azure/arm-cognitiveservices";
import { parseAccountId } from "../../azure-openai/account-reference";
import type { Azure } from "../../azure-openai/azure";
import {
  type Catalog,
  type CatalogModel,
  findModel,
  type InferenceRate,
  inferenceRate,
  isProvisioned,
  refusedParameters,
} from "../../catalog";
import type { Subject } from "../../evaluation/running/subject";
import { UserError } from "../../stack/command";
import type { DeploymentAddress } from "./address";

/** Azure's filter of deployments that name none. */
const DEFAULT_FILTER = /^Microsoft\.Default/i;

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
      const { chat } = this.azure.dataPlaneAt(endpoint);
      // Without Resource Manager, which model it is remains unknown: its answers are kept by the address.
      return { name: deployment, deploymentName: deployment, model: `${deployment} at ${endpoint}`, chat };
    }
    const accountId = address.kind === "id" ? address.accountId : this.stackAccountId!;
    const { account, deployments } = await this.look(accountId);
    const found = deployments.find(({ name }) => name?.toLowerCase() === address.deployment.toLowerCase());
    if (!found) throw missing(address.deployment, accountId, deployments);
    const { chat } = await this.azure.dataPlane(accountId);
    return { name: found.name!, deploymentName: found.name!, chat, ...this.modelOf(found, account.location ?? "") };
  }

  /** The deployment in the stack's account that grades as a model: one of that name, else one of that model. */
  async judge(model: string): Promise<Subject | undefined> {
    if (this.stackAccountId === undefined) return undefined;
    const { deployments } = await this.look(this.stackAccountId);
    const wanted = findModel(model, this.catalog)?.id;
    const named = deployments.find(({ name }) => name?.toLowerCase() === model.toLowerCase());
    const isOfModel = (one: Deployment) => !isTuned(one) && this.baseOf(one)?.id === wanted;
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

  private modelOf(deployment: Deployment, location: string): Pick<Subject, "model" | "sampled" | "rate"> {
    const { properties, sku } = deployment;
    const { name = "", version = "" } = properties?.model ?? {};
    const filter = properties?.raiPolicyName;
    const filtered = filter && !DEFAULT_FILTER.test(filter) ? ` with the filter ${filter}` : "";
    const model = `${isTuned(deployment) ? name : `${name}@${version}`}${filtered}`;
    const base = this.baseOf(deployment);
    if (!base) return { model };
    const type = sku?.name ?? "";
    const free: InferenceRate = { input: 0, output: 0 };
    const rate = isProvisioned(type)
      ? free
      : inferenceRate({ model: base, deploymentSku: type, location }, this.catalog);
    return { model, rate, sampled: !refusedParameters(base).includes("temperature") };
  }

  /** A base model's version is beside its name; a tuned one's is in it. */
  private baseOf({ properties }: Deployment): CatalogModel | undefined {
    const { name = "", version = "" } = properties?.model ?? {};
    return findModel(`${name}-${version}`, this.catalog) ?? findModel(name, this.catalog);
  }
}

function isTuned({ properties }: Deployment): boolean {
  return isTunedName(properties?.model?.name ?? "");
}

function missing(deployment: string, accountId: string, deployments: readonly Deployment[]): UserError {
  const names = deployments.flatMap(({ name }) => name ?? []);
  const there = names.length > 0 ? `It has ${names.join(", ")}.` : "It has none.";
  return new UserError(
    `The account ${parseAccountId(accountId).accountName} has no deployment ${deployment}. ${there} One of another account is named by its ARM id.`,
  );
}
