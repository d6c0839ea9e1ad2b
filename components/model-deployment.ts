import { createHash } from "node:crypto";
import * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";
import * as pulumi from "@pulumi/pulumi";
import { note } from "../program/note";
import { ChatProbe } from "../dynamic-providers/chat-probe/resource";
import { DeploymentPreflight } from "../dynamic-providers/deployment-preflight/resource";
import { DeploymentQuota } from "../dynamic-providers/deployment-quota/resource";

/** How a deployment goes from one model to the next. */
export type SwitchMode = "blueGreen" | "recreate" | "inPlace";

export interface ModelDeploymentArgs {
  accountId: pulumi.Input<string>;
  resourceGroupName: string;
  /** Azure region of the account, e.g. `northcentralus`. */
  location: string;
  accountName: string;
  /** Name of the deployment; in blueGreen the start of it. */
  deploymentName: string;
  /** @default "blueGreen" */
  switch?: SwitchMode;
  /** Deployment type: `Standard`, `GlobalStandard`, `DeveloperTier`, ... */
  sku: string;
  /** Thousands of tokens per minute. */
  capacity: number;
  /** The model, or one of its checkpoints. */
  fineTunedModel: pulumi.Input<string>;
  /** Hash over what decides the model, known at preview. */
  trainingKey: pulumi.Input<string>;
  /** Which checkpoint `fineTunedModel` is. @default "last" */
  checkpoint?: "last" | "best" | number;
  /** Content filter. @default the service's own */
  raiPolicyName?: string;
  /** @default the service's own */
  versionUpgradeOption?: string;
  /** Role assignments without which the data plane refuses: the probe waits for them. @default [] */
  access?: pulumi.Resource[];
  /** The chat call that proves the deployment. */
  probe: { systemMessage: string; question: string; maxTokens: number; waitMinutes: number };
}

/** A fine-tuned model that is served, and proved to answer. */
export class ModelDeployment extends pulumi.ComponentResource {
  readonly deploymentName: pulumi.Output<string>;
  readonly probe: ChatProbe;

  constructor(name: string, args: ModelDeploymentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("finetune:index:ModelDeployment", name, {}, opts);
    const { accountId, accountName, resourceGroupName, fineTunedModel } = args;
    const mode = args.switch ?? "blueGreen";

    const deploymentName = pulumi
      .output(args.trainingKey)
      .apply((key) => deploymentNameFor(args.deploymentName, mode, key, args.checkpoint));
    this.deploymentName = mode === "recreate" ? this.quota(name, args, deploymentName).deploymentName : deploymentName;
    const deployment = new cognitiveservices.Deployment(
      `${name}-deployment`,
      {
        resourceGroupName,
        accountName,
        deploymentName: this.deploymentName,
        sku: { name: args.sku, capacity: args.capacity },
        properties: {
          model: { format: "OpenAI", name: fineTunedModel, version: "1" },
          raiPolicyName: args.raiPolicyName,
          versionUpgradeOption: args.versionUpgradeOption,
        },
      },
      { parent: this, ...replacement[mode] },
    );
    if (mode === "inPlace") void note(inPlaceNote, this);
    this.probe = new ChatProbe(
      `${name}-probe`,
      {
        accountId,
        deploymentName: this.deploymentName,
        fineTunedModel,
        deployedAt: creationTime(deployment),
        deploymentId: deployment.id,
        rolesManaged: (args.access ?? []).length > 0,
        switch: mode,
        ...args.probe,
      },
      { parent: this, dependsOn: [deployment, ...(args.access ?? [])] },
    );
    this.registerOutputs({ deploymentName: this.deploymentName });
  }

  /**
   * The new deployment comes after the old one has gone, and needs what that held: whether it will have room is asked before anything is
   * deleted. In the other modes both are there, or it is one, and a refusal leaves what serves.
   */
  private quota(name: string, args: ModelDeploymentArgs, deploymentName: pulumi.Output<string>): DeploymentQuota {
    const { accountId, location, fineTunedModel, sku, capacity } = args;
    const wanted = { accountId, location, fineTunedModel, sku, capacity };
    const options = { parent: this, dependsOn: args.access };
    const preflight = new DeploymentPreflight(`${name}-preflight`, { ...wanted, deploymentName }, options);
    return new DeploymentQuota(`${name}-quota`, { ...wanted, deploymentName: preflight.deploymentName }, options);
  }
}

/** Empty where there is no deployment: an `up --target` that leaves it out still runs the program. */
function creationTime({ systemData }: cognitiveservices.Deployment): pulumi.Output<string> {
  const known: pulumi.Output<{ createdAt?: string } | undefined> = systemData;
  return known.apply((data) => data?.createdAt ?? "");
}

/** What replaces the deployment, and in which order. azure-native by itself asks for delete-before-replace, and updates a changed model in place. */
const replacement: Record<SwitchMode, pulumi.CustomResourceOptions> = {
  blueGreen: { deleteBeforeReplace: false },
  recreate: { deleteBeforeReplace: true, replaceOnChanges: ["properties.model"] },
  inPlace: { deleteBeforeReplace: false },
};

/** Ends up among the diagnostics when Azure refuses: reported for deployments of base models, not verified for fine-tuned ones. */
const inPlaceNote =
  "deploy.switch is inPlace: where Azure refuses to change the model (CannotChangeDeploymentModel), set it to blueGreen or " +
  "recreate and run `pulumi up` again; nothing is trained again.";

/**
 * Name of the deployment. In blueGreen it tells the models apart by 6 hex of the training key, and of the checkpoint where it isn't
 * the last; in the other modes it stays.
 */
export function deploymentNameFor(
  name: string,
  mode: SwitchMode,
  trainingKey: string,
  checkpoint: "last" | "best" | number = "last",
): string {
  if (mode !== "blueGreen") return name;
  const key =
    checkpoint === "last" ? trainingKey : createHash("sha256").update(`${trainingKey}\n${checkpoint}`).digest("hex");
  return `${name}-${key.slice(0, 6)}`;
}
