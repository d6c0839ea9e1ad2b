import * as pulumi from "@pulumi/pulumi";
import { modelFormat } from "../catalog";
import { CostEstimate } from "../dynamic-providers/cost-estimate/resource";
import type { CostEstimateArgs, CostEstimateInputs } from "../dynamic-providers/cost-estimate/schema";
import type { PlannedBaseDeployment } from "../dynamic-providers/fine-tuning-job/schema";
import { ModelVersions } from "../dynamic-providers/model-versions/resource";
import type { Evaluation } from "../dynamic-providers/evaluation/resource";
import { PromotedVersion } from "../dynamic-providers/promoted-version/resource";
import type { PromotableVersion } from "../dynamic-providers/promoted-version/schema";
import type { SwitchMode } from "../dynamic-providers/runtime/switch-modes";
import { MODEL_COMPONENT } from "../dynamic-providers/runtime/resource-types";
import type { TrainedModelArgs } from "../dynamic-providers/trained-model/schema";
import { promotedLineage, type PromotedLineageOutput } from "../program/lineage";
import { promotedVersion, type PromotionSource } from "../program/promoted-version";
import { managesRoles } from "./account-addition";
import { defaults, withDefaults } from "./defaults";
import { destroyedJobs } from "./destroyed-jobs";
import { type EvaluatedModel, type EvaluationSettings, evaluateModel, namingOf, verdictOf } from "./evaluation";
import { type HostedModel, hostedAt } from "./hosted-at";
import { type AccountReference, ownerOf } from "./openai-account";
import { servedFrom } from "./served-from";

export interface PromotedModelArgs {
  /** The stack that has trained the model, and which of its versions. */
  from: PromotionSource;
  /** Where it is served. */
  account: EvaluatedModel["account"] &
    Pick<AccountReference, "path" | "existing" | "kind"> &
    Partial<Pick<AccountReference, "subscriptionId" | "project">>;
  /**
   * Deployment type that it is to have, with the base model's own deployment beside it, which decide the hosting price; and which version of this
   * stack's own register serves. @default the promoted one, on Standard with capacity 1
   */
  deploy?: Partial<Omit<HostedModel, "baseModel">> & {
    version?: number | string;
    /** Name of the deployment, or the start of it: with it an evaluation finds the model that serves. @default none serves */
    name?: string;
    /**
     * How the deployment goes from one model to the next, as ModelDeployment has it: with it and `name`, a new name waits for a model that passes.
     * @default none waits
     */
    switch?: SwitchMode;
    /** Content filter of the deployment. @default the service's own */
    raiPolicyName?: string;
    /** Name of a deployment that goes before the new one comes, or that becomes it. @default none */
    takesPlaceOf?: string;
    /** The base model's own deployment. @default none */
    baseModel?: PlannedBaseDeployment;
  };
  /** How many versions are listed, the serving one included: going back to one needs no promotion. @default 3 */
  retain?: { versions?: number };
  /**
   * What a version must show on cases here before it is deployed; `cases` has no default. That a case is not in the training data can't be checked,
   * since that isn't here. @default nothing: it is not evaluated here
   */
  evaluation?: EvaluationSettings;
  /** Ceiling in USD that fails the preview. @default none */
  budget?: Pick<NonNullable<CostEstimateArgs["budget"]>, "maxHostingUsdPerMonth">;
  /** JSON file whose entries override the shipped catalog. @default none */
  catalogFile?: string;
  /** Role assignments without which the data plane refuses. @default [] */
  access?: pulumi.Resource[];
}

/**
 * A model that another stack has trained, evaluated and keeps: no data, no files and no job here. A ModelDeployment takes it like a FineTunedModel.
 *
 * @example
 * ```ts
 * const tutor = await PromotedModel.find("tutor", { account, from: { stack: "dev" } });
 * const serving = new ModelDeployment("tutor", { account, model: tutor, deploymentName: "tutor" });
 * ```
 */
export class PromotedModel extends pulumi.ComponentResource {
  /** What was chosen, as the other stack has it. */
  readonly version: PromotableVersion;
  /** What hosting it costs, known at preview. */
  readonly estimate: pulumi.Output<CostEstimateInputs["estimate"]>;
  /** What the version showed on cases here; absent where it is not evaluated here. */
  readonly evaluation?: Evaluation;
  /** The models that this stack has served, newest first. */
  readonly versions: ModelVersions;
  readonly lineage: PromotedLineageOutput;
  /** Name of the model that serves, as a deployment takes it. */
  readonly fineTunedModel: pulumi.Output<string>;
  /** Hash over what decides that model, known at preview. */
  readonly trainingKey: pulumi.Output<string>;
  /** Which checkpoint of its training it is. */
  readonly checkpoint: pulumi.Output<TrainedModelArgs["checkpoint"]>;
  /** `model.format` of its deployment at Resource Manager. */
  readonly format: string;
  /** ARM ID of the account on which it was tuned; empty: the one that serves it. */
  readonly sourceAccount: pulumi.Output<string>;
  /** Ids of the jobs of its own that a destroy deletes with their models, in an existing account; absent in the stack's own. */
  readonly destroyedJobs?: pulumi.Output<string[]>;
  /** Why the version does not serve, where it is evaluated here and did not pass; empty where it serves. Absent: it is not evaluated here. */
  readonly rejected?: pulumi.Output<string>;
  /** Name of its deployment, where `deploy.name` and `deploy.switch` are given and it is evaluated; empty or absent: as ModelDeployment has it. */
  readonly deploymentName?: pulumi.Output<string | undefined>;

  /**
   * Reads the other stack's register and takes a version over.
   *
   * @throws pulumi.RunError where the stack has no register, or not that version
   */
  static async find(
    name: string,
    args: PromotedModelArgs,
    opts?: pulumi.ComponentResourceOptions,
  ): Promise<PromotedModel> {
    return new PromotedModel(name, args, await promotedVersion(`${name}-source`, args.from), opts);
  }

  /** @param version - as `promotedVersion` has chosen it */
  constructor(
    name: string,
    args: PromotedModelArgs,
    version: PromotableVersion,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    // As a model that is trained: what counts and names the models of a program takes both alike.
    super(MODEL_COMPONENT, name, {}, opts);
    const { account, access = [], budget, catalogFile } = args;
    const deploy = withDefaults(defaults.deploy, args.deploy);
    const retain = withDefaults(defaults.retain, args.retain);
    const { accountId, location, path: accountPath, existing, kind: accountKind, subscriptionId } = account;
    const { capacity } = deploy;
    const { takesPlaceOf, baseModel } = args.deploy ?? {};
    const sku = deploy.enabled ? deploy.sku : undefined;
    const job = `${name}-job`;
    const owner = existing ? ownerOf() : undefined;
    const evaluated = deploy.enabled ? args.evaluation : undefined;
    const [project, stack] = [pulumi.getProject(), pulumi.getStack()];
    const promoted = new PromotedVersion(
      `${name}-promoted`,
      { version, accountPath, accountKind, location, sku, evaluatedBy: evaluated && { project, stack, job } },
      { parent: this, dependsOn: access },
    );
    this.version = version;
    this.lineage = promotedLineage(version);
    this.estimate = new CostEstimate(
      `${name}-cost`,
      {
        ...{ job, model: version.base, hostingOnly: true, location, subscriptionId, accountKind, budget, catalogFile },
        ...hostedAt(deploy),
      },
      { parent: this },
    ).estimate;
    const { trainingKey, fineTunedModel: candidate, promotedFrom } = version;
    this.evaluation =
      evaluated &&
      evaluateModel(
        `${name}-evaluation`,
        { jobName: job, trainingKey, candidate, sourceAccount: promotedFrom.accountId, accountPath, after: promoted },
        { account, project, stack, model: version.base, deploy, catalogFile, access },
        evaluated,
        this,
      );
    this.versions = new ModelVersions(
      `${name}-versions`,
      {
        ...version,
        ...(this.evaluation && { evaluation: verdictOf(this.evaluation) }),
        ...{ accountId, location, job },
        deployed: deploy.enabled,
        deployment: deploy.enabled ? { sku: deploy.sku, capacity, takesPlaceOf, baseModel, accountPath } : undefined,
        naming: this.evaluation && namingOf(args.deploy ?? {}),
        pin: args.deploy?.version,
        retain: { versions: retain.versions },
        rolesManaged: managesRoles(access),
        owner,
        ownProject: existing ? undefined : (account.project ?? ""),
      },
      { parent: this, dependsOn: [...access, promoted] },
    );
    if (this.evaluation) {
      this.rejected = this.versions.rejected;
      this.deploymentName = this.versions.servedAs;
    }
    this.fineTunedModel = this.versions.servedModel;
    this.trainingKey = this.versions.servedKey;
    this.checkpoint = this.versions.servedCheckpoint;
    this.format = modelFormat(version.base, args.catalogFile);
    this.sourceAccount = servedFrom(this.versions);
    this.destroyedJobs = destroyedJobs(this.versions, { owner, retain: { versions: retain.versions } });
    this.registerOutputs();
  }
}
