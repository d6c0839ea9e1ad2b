/** Type tokens of the stack's resources, as states, previews and policies spell them. */
export const ACCOUNT_TYPE = "azure-native:cognitiveservices:Account";
export const DEPLOYMENT_TYPE = "azure-native:cognitiveservices:Deployment";

/** Module of the dynamic resources in their type tokens. */
export const DYNAMIC_MODULE = "finetune";

/** Type token of a dynamic resource, e.g. `finetuneType("Dataset")`. */
export function finetuneType<const Name extends string>(name: Name): `pulumi-nodejs:dynamic/finetune:${Name}` {
  return `pulumi-nodejs:dynamic/${DYNAMIC_MODULE}:${name}`;
}
