import { claimsOf } from "../azure-openai/token-claims";
import { quoted } from "../format/quoted";
import * as authorization from "@pulumi/azure-native/authorization";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { explainFailure, reasonOf } from "./explain-failure";

/** A user, group or application that roles are assigned to. */
export interface Principal {
  /** Object id in Microsoft Entra ID. */
  id: string;
  type: "User" | "Group" | "ServicePrincipal";
}

/** Who gets the roles of a stack. */
export interface RoleHolders {
  principals: Principal[];
  /** True when `principals` is whoever runs this: the first one keeps the roles, so that another person's preview shows no change. */
  defaulted: boolean;
  /** Object id of whoever runs this, where that is known: naming it in `principals`, or no more, keeps its assignments. */
  current?: string;
}

/** Subscription of the azure-native provider: its configuration, ARM_SUBSCRIPTION_ID, or what it signed in to. */
export async function currentSubscription(): Promise<string> {
  const configured = new pulumi.Config("azure-native").get("subscriptionId") || process.env["ARM_SUBSCRIPTION_ID"];
  return (
    configured ??
    (await explainFailure(authorization.getClientConfig(), "The subscription could not be determined")).subscriptionId
  );
}

/** The signed-in principal, as the access token names it. The token stays in memory. */
export async function currentPrincipal(): Promise<Principal> {
  const { token } = await explainFailure(
    authorization.getClientToken(),
    "The signed-in principal could not be determined",
  );
  return principalOf(token);
}

/** Who gets the roles: those who are named in the settings, else the signed-in principal. @throws pulumi.RunError when that is nobody */
export async function roleHolders(named: Principal[]): Promise<RoleHolders> {
  if (named.length === 0) {
    const current = await currentPrincipal();
    return { principals: [current], defaulted: true, current: current.id };
  }
  // Where all are named, the token need not name anybody.
  const current = await currentPrincipal().catch(() => undefined);
  return { principals: named, defaulted: false, current: current?.id };
}

/**
 * Principal of an access token: a service principal where the token is an application's (`idtyp` app) or carries no delegated scopes
 * (`scp`), else a user (https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference).
 *
 * @throws pulumi.RunError when the token names nobody.
 */
export function principalOf(token: string): Principal {
  const claims = claimsOf(token);
  if (typeof claims["oid"] !== "string") {
    throw new pulumi.RunError(
      "The access token contains no object ID: list the principals that get the roles in roles.principals, or set roles.manage to false.",
    );
  }
  const application = claims["idtyp"] === "app" || claims["scp"] === undefined;
  return { id: claims["oid"], type: application ? "ServicePrincipal" : "User" };
}

/** @throws pulumi.RunError when the resource group is not there or can't be read. */
export async function requireResourceGroup(resourceGroupName: string, subscriptionId: string): Promise<void> {
  try {
    await resources.getResourceGroup({ resourceGroupName });
  } catch (error) {
    throw new pulumi.RunError(groupProblem(resourceGroupName, subscriptionId, reasonOf(error)));
  }
}

/** What is wrong with the group, and what to do where the service's code tells it. */
function groupProblem(resourceGroupName: string, subscriptionId: string, reason: string): string {
  const name = `Resource group "${resourceGroupName}"`;
  if (reason.includes("ResourceGroupNotFound")) {
    return (
      `${name} does not exist in subscription ${subscriptionId}. Create it (az group create --name ${quoted(resourceGroupName)} ` +
      "--location <region>), or set resourceGroupName to an existing one."
    );
  }
  if (/\bSubscriptionNotFound\b|\bInvalidSubscriptionId\b/.test(reason)) {
    return (
      `Subscription "${subscriptionId}" is not visible to the signed-in principal. Correct azure-native:subscriptionId ` +
      "(ARM_SUBSCRIPTION_ID), or sign in to the tenant that the subscription belongs to."
    );
  }
  const unreadable = `${name} of subscription ${subscriptionId} can't be read: ${reason}`;
  if (!/\bAuthorizationFailed\b/.test(reason)) return unreadable;
  return (
    `${unreadable} Assign the signed-in principal these roles on the resource group: Cognitive Services Contributor and, to assign the stack's roles, ` +
    "Role Based Access Control Administrator (or set roles.manage to false)."
  );
}
