import * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";
import * as pulumi from "@pulumi/pulumi";
import { modelAndVersion } from "../catalog";
import { addWrite, earlierWrites } from "../program/in-turn";
import { note } from "../program/note";
import { transformed } from "../program/transforms";
import { ChatProbe } from "../dynamic-providers/chat-probe/resource";
import { deploymentNameFor } from "../dynamic-providers/runtime/deployment-name";
import { type SwitchMode, switchMode } from "../dynamic-providers/runtime/switch-modes";
import { DeploymentPreflight } from "../dynamic-providers/deployment-preflight/resource";
import { DeploymentQuota } from "../dynamic-providers/deployment-quota/resource";
import { ReleaseGate } from "../dynamic-providers/release-gate/resource";
import type { TrainedModelArgs } from "../dynamic-providers/trained-model/schema";
import { SharedDeployment } from "../dynamic-providers/shared-deployment/resource";
import { baseModelResource, SERVING_COMPONENT } from "../dynamic-providers/runtime/resource-types";
import { additionsOf, managesRoles } from "./account-addition";
import { defaults, withDefaults } from "./defaults";
import { type AccountReference, ownerOf } from "./openai-account";

/** A base model that is deployed by itself. */
export interface BaseModelDeployment {
  /** Name of the deployment. */
  name: string;
  /** Name with version, e.g. `gpt-4o-mini-2024-07-18`. */
  model: string;
  sku: string;
  /** Thousands of tokens per minute. */
  capacity: number;
}

export interface ModelDeploymentArgs {
  account: AccountReference;
  /** The model, or one of its checkpoints, and the hash over what decides it, known at preview: a FineTunedModel has both. */
  model: {
    fineTunedModel: pulumi.Input<string>;
    trainingKey: pulumi.Input<string>;
    /** Which checkpoint it is. @default the argument of this name */
    checkpoint?: pulumi.Input<TrainedModelArgs["checkpoint"]>;
    /** `model.format` of its base model at Resource Manager. @default "OpenAI" */
    format?: string;
    /** ARM ID of the account on which it was tuned; empty or absent: on `account`. @default none */
    sourceAccount?: pulumi.Input<string | undefined>;
    /** Ids of the jobs that a destroy deletes, in an existing account: it stops first while another account serves a model of theirs. @default none */
    destroyedJobs?: pulumi.Input<string[]>;
    /**
     * Name of the deployment as the register of versions has it, which keeps the current one while the newest model did not pass; empty: it
     * follows from the arguments. @default none
     */
    deploymentName?: pulumi.Input<string | undefined>;
    /** Why the newest model is not the one that serves; where it is not empty, `up` ends with it once everything is in place. @default none */
    rejected?: pulumi.Input<string>;
  };
  /** Name of the deployment; where each model has one (blueGreen), the start of it. */
  deploymentName: string;
  /** @default "blueGreen" */
  switch?: SwitchMode;
  /** Deployment type: `Standard`, `GlobalStandard`, `DeveloperTier`, ... @default "Standard" */
  sku?: string;
  /** Thousands of tokens per minute; throughput units where the type is provisioned. @default 1 */
  capacity?: number;
  /** Which checkpoint `fineTunedModel` is. @default "last" */
  checkpoint?: TrainedModelArgs["checkpoint"];
  /** Content filter. @default the service's own */
  raiPolicyName?: string;
  /** @default the service's own */
  versionUpgradeOption?: string;
  /** The base model's own deployment, to compare with. @default none */
  baseModel?: BaseModelDeployment;
  /**
   * Role assignments without which the data plane refuses, for which the probe waits, and additions of the account (ContentFilter, ...), for which
   * the deployment waits.
   *
   * @default []
   */
  access?: pulumi.Resource[];
  /** The chat call that proves the deployment; `maxTokens` of the answer. @default a question about AI, 200 tokens, 30 minutes */
  probe?: { systemMessage?: string; question?: string; maxTokens?: number; waitMinutes?: number };
}

/**
 * A fine-tuned model that is served, and proved to answer. The deployments that a program makes on one account come one after the other.
 *
 * @example
 * ```ts
 * const serving = new ModelDeployment("tutor", {
 *   account, model: tutor, deploymentName: "tutor", sku: "DeveloperTier", access: [roles],
 * });
 * export const deployment = serving.deploymentName;
 * ```
 */
export class ModelDeployment extends pulumi.ComponentResource {
  readonly deploymentName: pulumi.Output<string>;
  readonly probe: ChatProbe;

  constructor(name: string, args: ModelDeploymentArgs, opts?: pulumi.ComponentResourceOptions) {
    super(SERVING_COMPONENT, name, {}, opts);
    const { accountId, accountName, resourceGroupName } = args.account;
    const { fineTunedModel, trainingKey, sourceAccount } = args.model;
    const mode = args.switch ?? defaults.deploy.switch;
    const { options, caution } = switchMode(mode);
    const sku = { name: args.sku ?? defaults.deploy.sku, capacity: args.capacity ?? defaults.deploy.capacity };

    const deploymentName = nameFrom(args, mode);
    this.deploymentName = options.deleteBeforeReplace
      ? this.quota(name, { ...args, sku }, deploymentName).deploymentName
      : deploymentName;
    const account = `${resourceGroupName}/${accountName}`;
    const earlier = earlierWrites(account);
    // The model's name comes from the register of versions, which stays where the job is replaced: without this the engine would delete an old
    // job before the deployment that still serves its model.
    const made = pulumi.Resource.isInstance(args.model) ? [args.model] : [];
    const deployment = deploymentOf(
      `${name}-deployment`,
      args,
      {
        deploymentName: this.deploymentName,
        sku,
        properties: {
          model: {
            ...{ format: args.model.format ?? "OpenAI", name: fineTunedModel, version: "1" },
            // `source` is for accounts of one tenant, `sourceAccount` for those of two (Microsoft Learn, fine-tuning-deploy, 2026-10).
            ...(sourceAccount !== undefined && { source: pulumi.output(sourceAccount).apply((id) => id || undefined) }),
          },
          raiPolicyName: args.raiPolicyName,
          versionUpgradeOption: args.versionUpgradeOption,
        },
      },
      { parent: this, dependsOn: [...earlier.last, ...made, ...additionsOf(args.access)], ...options },
    );
    addWrite(account, args.deploymentName, deployment);
    if (caution) void note(caution, this);
    const base = args.baseModel && this.deployBase(name, args, args.baseModel, deployment);
    this.probe = new ChatProbe(
      `${name}-probe`,
      {
        accountId,
        deploymentName: this.deploymentName,
        fineTunedModel,
        trainingKey,
        deployedAt: creationTime(deployment),
        deploymentId: deployment.id,
        rolesManaged: managesRoles(args.access),
        owner: ownerIn(args.account),
        destroyedJobs: args.model.destroyedJobs,
        project: args.account.existing ? undefined : args.account.project,
        switch: mode,
        others: earlier.names.length > 0 ? earlier.names : undefined,
        ...withDefaults(defaults.probe, args.probe),
      },
      { parent: this, dependsOn: [deployment, ...(base ? [base] : []), ...(args.access ?? [])] },
    );
    const { rejected } = args.model;
    const guard = {
      ...{ accountId, owner: ownerIn(args.account), destroyedJobs: args.model.destroyedJobs, fineTunedModel },
      // The start of the name, which stays where each model has a deployment.
      deploymentName: args.deploymentName,
      others: [...earlier.names, ...(args.baseModel ? [args.baseModel.name] : [])],
    };
    if (rejected) new ReleaseGate(`${name}-gate`, { rejected, ...guard }, { parent: this, dependsOn: this.probe });
    this.registerOutputs({ deploymentName: this.deploymentName });
  }

  /**
   * The base model beside the tuned one. It comes between deployment and probe: a destroy begins with the probe, which stops it while
   * everything is still there.
   */
  private deployBase(
    name: string,
    args: ModelDeploymentArgs,
    { name: deploymentName, model, sku, capacity }: BaseModelDeployment,
    tuned: Deployed,
  ): Deployed {
    const ofAccount = `${args.account.resourceGroupName}/${args.account.accountName}`;
    const { last } = earlierWrites(ofAccount);
    const deployment = deploymentOf(
      baseModelResource(name),
      args,
      {
        deploymentName,
        sku: { name: sku, capacity },
        properties: {
          model: { format: "OpenAI", ...modelAndVersion(model) },
          raiPolicyName: args.raiPolicyName,
          // Another version would not be the model that was tuned.
          versionUpgradeOption: "NoAutoUpgrade",
        },
      },
      { parent: this, dependsOn: [tuned, ...last, ...additionsOf(args.access)], deleteBeforeReplace: false },
    );
    addWrite(ofAccount, deploymentName, deployment);
    return deployment;
  }

  /**
   * The new deployment comes after the old one has gone, and needs what that held: whether it will have room is asked before anything is
   * deleted. In the other modes both are there, or it is one, and a refusal leaves what serves.
   */
  private quota(
    name: string,
    args: Omit<ModelDeploymentArgs, "sku"> & { sku: { name: string; capacity: number } },
    deploymentName: pulumi.Output<string>,
  ): DeploymentQuota {
    const { accountId, location } = args.account;
    const { fineTunedModel } = args.model;
    const { sku } = args;
    const owner = ownerIn(args.account);
    const wanted = { accountId, location, fineTunedModel, sku: sku.name, capacity: sku.capacity };
    const options = { parent: this, dependsOn: args.access };
    const preflight = new DeploymentPreflight(`${name}-preflight`, { ...wanted, owner, deploymentName }, options);
    return new DeploymentQuota(`${name}-quota`, { ...wanted, deploymentName: preflight.deploymentName }, options);
  }
}

/** A deployment in the stack's own account, or in one that others use too: with the same inputs and outputs. */
type Deployed = cognitiveservices.Deployment | SharedDeployment;

/** What both have of a deployment. */
interface Wanted {
  deploymentName: pulumi.Input<string>;
  sku: { name: string; capacity: number };
  properties: {
    model: { format: string; name: pulumi.Input<string>; version?: string; source?: pulumi.Input<string | undefined> };
    raiPolicyName?: string;
    versionUpgradeOption?: string;
  };
}

function deploymentOf(
  name: string,
  { account }: ModelDeploymentArgs,
  wanted: Wanted,
  options: pulumi.CustomResourceOptions,
): Deployed {
  const { accountId, resourceGroupName, accountName } = account;
  const owner = ownerIn(account);
  if (owner === undefined) {
    return new cognitiveservices.Deployment(
      name,
      transformed("deployment", name, { resourceGroupName, accountName, ...wanted }),
      options,
    );
  }
  const properties = pulumi.output(wanted.properties);
  // The engine applies `replaceOnChanges` to what azure-native compares in detail; a dynamic resource says itself what replaces it.
  const replaceOnModel = options.replaceOnChanges ? true : undefined;
  return new SharedDeployment(name, { accountId, owner, ...wanted, properties, replaceOnModel }, options);
}

/** Who the stack is in an account of others; undefined in its own. */
function ownerIn({ existing }: AccountReference): string | undefined {
  return existing ? ownerOf() : undefined;
}

/** Empty where there is no deployment: an `up --target` that leaves it out still runs the program. */
function creationTime({ systemData }: Deployed): pulumi.Output<string> {
  const known: pulumi.Output<{ createdAt?: string } | undefined> = systemData;
  return known.apply((data) => data?.createdAt ?? "");
}

/** A name that stays is known in previews that don't know yet which model serves. */
function nameFrom(
  { model, checkpoint, deploymentName: name }: ModelDeploymentArgs,
  mode: SwitchMode,
): pulumi.Output<string> {
  const byModel: pulumi.Output<string> = switchMode(mode).namePerModel
    ? pulumi
        .all([model.trainingKey, model.checkpoint ?? checkpoint])
        .apply(([key, which]) => deploymentNameFor(name, mode, key, which))
    : pulumi.output(name);
  const { deploymentName: decided } = model;
  if (decided === undefined) return byModel;
  return pulumi.output(decided).apply((known) => (known ? pulumi.output(known) : byModel));
}
