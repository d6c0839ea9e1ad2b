/** Type tokens of the stack's resources, as states, previews and policies spell them. */
export const ACCOUNT_TYPE = "azure-native:cognitiveservices:Account";
export const PROJECT_TYPE = "azure-native:cognitiveservices:Project";
export const DEPLOYMENT_TYPE = "azure-native:cognitiveservices:Deployment";

/** What a stack may put beside its account: content filter, private endpoint with its names, and diagnostic setting. */
export const CONTENT_FILTER_TYPE = "azure-native:cognitiveservices:RaiPolicy";
export const PRIVATE_ENDPOINT_TYPE = "azure-native:network:PrivateEndpoint";
export const DNS_ZONE_GROUP_TYPE = "azure-native:network:PrivateDnsZoneGroup";
export const DIAGNOSTIC_SETTING_TYPE = "azure-native:monitor:DiagnosticSetting";

/** Type of the component of an account, of the stack's own and of an existing one. */
export const ACCOUNT_COMPONENT = "finetune:index:OpenAiAccount";

/** Types of the components that make and serve a model. */
export const MODEL_COMPONENT = "finetune:index:FineTunedModel";
export const SERVING_COMPONENT = "finetune:index:ModelDeployment";

/** How the name of the resource ends that deploys the base model; the other deployment serves the tuned one. */
const BASE_MODEL = "-base-model";

/** Name of the resource that deploys the base model beside the tuned one of `serving`. */
export function baseModelResource(serving: string): string {
  return serving + BASE_MODEL;
}

/** Whether a deployment is the base model's. @param urn - or name of its resource */
export function isBaseModelResource(urn: string): boolean {
  return urn.endsWith(BASE_MODEL);
}

/** Name of the one model of this project's own program (index.ts). */
const OWN_MODEL = "finetune";

/**
 * What lines about a job call its model: the name of its component; nothing in this project's own program, which has one.
 *
 * @param job - name of its resource; undefined while no input is known
 */
export function modelNamed(job: string | undefined): string | undefined {
  const name = job?.replace(/-job$/, "");
  return name === OWN_MODEL ? undefined : name;
}

/** Module of the dynamic resources in their type tokens. */
export const DYNAMIC_MODULE = "finetune";

/** Type token of a dynamic resource, e.g. `finetuneType("Dataset")`. */
export function finetuneType<const Name extends string>(name: Name): `pulumi-nodejs:dynamic/finetune:${Name}` {
  return `pulumi-nodejs:dynamic/${DYNAMIC_MODULE}:${name}`;
}

/** Dynamic resources of an account that the stack doesn't own: the account itself, and the stack's deployments in it. */
export const EXISTING_ACCOUNT_TYPE = finetuneType("ExistingAccount");
export const SHARED_DEPLOYMENT_TYPE = finetuneType("SharedDeployment");

/** Whether a resource is a deployment, in whichever account. */
export function isDeployment(type: string): boolean {
  return type === DEPLOYMENT_TYPE || type === SHARED_DEPLOYMENT_TYPE;
}

/** Whether a resource is the stack's account, its own or an existing one. */
export function isAccount(type: string): boolean {
  return type === ACCOUNT_TYPE || type === EXISTING_ACCOUNT_TYPE;
}
