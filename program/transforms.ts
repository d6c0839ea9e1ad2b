import type * as authorization from "@pulumi/azure-native/authorization";
import type * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";
import type * as monitor from "@pulumi/azure-native/monitor";
import type * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";

/** Arguments as the stack passes them: no outputs, and without those that say which resource it is. */
type Changeable<Args, Identity extends keyof Args> = {
  [Key in keyof Omit<Args, Identity>]: Exclude<Args[Key], Promise<unknown> | pulumi.OutputInstance<unknown>>;
};

/** Changes the arguments in place, or returns others. @param name - of the resource in the program */
type Transform<Args, Identity extends keyof Args> = (
  args: Changeable<Args, Identity>,
  resource: { name: string },
) => Changeable<Args, Identity> | void;

/** What the default export of the file in the setting `transform` may contain: a function for each kind of azure-native resource. */
export interface Transforms {
  account?: Transform<cognitiveservices.AccountArgs, "resourceGroupName" | "accountName" | "location">;
  /** The deployment of the tuned model, and that of the base model. */
  deployment?: Transform<cognitiveservices.DeploymentArgs, "resourceGroupName" | "accountName" | "deploymentName">;
  contentFilter?: Transform<cognitiveservices.RaiPolicyArgs, "resourceGroupName" | "accountName" | "raiPolicyName">;
  roleAssignment?: Transform<
    authorization.RoleAssignmentArgs,
    "scope" | "roleAssignmentName" | "principalId" | "roleDefinitionId"
  >;
  /** The project of a Foundry account. */
  project?: Transform<cognitiveservices.ProjectArgs, "resourceGroupName" | "accountName" | "projectName" | "location">;
  privateEndpoint?: Transform<network.PrivateEndpointArgs, "resourceGroupName" | "privateEndpointName">;
  dnsZoneGroup?: Transform<
    network.PrivateDnsZoneGroupArgs,
    "resourceGroupName" | "privateEndpointName" | "privateDnsZoneGroupName"
  >;
  diagnosticSetting?: Transform<monitor.DiagnosticSettingArgs, "resourceUri" | "name">;
}

/** The arguments of each that say which resource it is. */
const identities: Record<keyof Transforms, string[]> = {
  account: ["resourceGroupName", "accountName", "location"],
  deployment: ["resourceGroupName", "accountName", "deploymentName"],
  contentFilter: ["resourceGroupName", "accountName", "raiPolicyName"],
  roleAssignment: ["scope", "roleAssignmentName", "principalId", "roleDefinitionId"],
  project: ["resourceGroupName", "accountName", "projectName", "location"],
  privateEndpoint: ["resourceGroupName", "privateEndpointName"],
  dnsZoneGroup: ["resourceGroupName", "privateEndpointName", "privateDnsZoneGroupName"],
  diagnosticSetting: ["resourceUri", "name"],
};

type Args = Record<string, unknown>;

/**
 * What the file exports, checked.
 *
 * @param file - as the setting names it, for messages
 * @throws pulumi.RunError where it is not an object of functions, each under the name of a kind
 */
export function checkedTransforms(exported: unknown, file: string): Transforms {
  const allowed = Object.keys(identities).join(", ");
  if (typeof exported !== "object" || exported === null)
    throw refusal(`${file} must default-export an object with functions for ${allowed}.`);
  for (const [name, change] of Object.entries(exported)) {
    if (!Object.hasOwn(identities, name)) throw refusal(`${file} has a function for "${name}"; expected ${allowed}.`);
    if (change !== undefined && typeof change !== "function")
      throw refusal(`${name} in ${file} is not a function; expected (args) => { ... }.`);
  }
  return exported;
}

/** Those of the program that runs: a process of Pulumi's has one. */
let current: { transforms: Transforms; file: string } | undefined;

/** From here on `transformed` uses these; without an argument none. */
export function setTransforms(transforms?: Transforms, file = ""): void {
  current = transforms && { transforms, file };
}

/**
 * The arguments of an azure-native resource as they are created: each that the components make goes through here. Not by Pulumi's own
 * transformations, which see what the SDK has made of the arguments: it hides an account's properties in an output.
 *
 * @throws pulumi.RunError where the function fails, or changes which resource it is
 */
export function transformed<Given extends object>(kind: keyof Transforms, name: string, args: Given): Given {
  const change = current?.transforms[kind] as ((args: Args, resource: { name: string }) => unknown) | undefined;
  if (!current || !change) return args;
  return changed(kind, change, { name, props: args as Args, file: current.file }) as Given;
}

function changed(
  kind: keyof Transforms,
  change: (args: Args, resource: { name: string }) => unknown,
  { name, props, file }: { name: string; props: Args; file: string },
): Args {
  const given = { ...props };
  let returned: unknown;
  try {
    returned = change(given, { name });
  } catch (error) {
    throw refusal(`${kind} in ${file} failed for ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (returned instanceof Promise)
    throw refusal(`${kind} in ${file} returns a promise for ${name}; expected a synchronous function.`);
  if (returned !== undefined && (typeof returned !== "object" || returned === null)) {
    throw refusal(
      `${kind} in ${file} returns ${returned === null ? "null" : `a ${typeof returned}`} for ${name}; expected arguments, or nothing.`,
    );
  }
  const after = (returned ?? given) as Args;
  const identity = identities[kind];
  const moved = identity.find((key) => after[key] !== props[key]);
  if (moved === undefined) return after;
  throw refusal(
    `${kind} in ${file} changes ${moved} of ${name}${valuesOf(props[moved], after[moved])}; expected it unchanged. A transform can change every argument except ${identity.join(", ")}, which the stack's settings decide.`,
  );
}

function valuesOf(before: unknown, after: unknown): string {
  return typeof before === "string" && typeof after === "string" ? ` from "${before}" to "${after}"` : "";
}

function refusal(what: string): pulumi.RunError {
  return new pulumi.RunError(`transform: ${what}`);
}
