import type * as PrivateDnsZoneGroupModule from "@pulumi/azure-native/network/privateDnsZoneGroup";
import type * as PrivateEndpointModule from "@pulumi/azure-native/network/privateEndpoint";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../program/transforms";
import { AccountAddition } from "./account-addition";
import type { AccountReference } from "./openai-account";

export interface PrivateEndpointArgs {
  /** The stack's own account. */
  account: Pick<AccountReference, "resourceGroupName" | "accountName" | "accountId" | "location">;
  /** ARM ID of the subnet in which the endpoint gets its address. */
  subnetId: string;
  /** ARM IDs of the private DNS zones that get the account's names. @default [], so that somebody else writes the records */
  dnsZones?: readonly string[];
  /** Region of the subnet's network. @default the account's */
  location?: string;
  /** @default {} */
  tags?: Record<string, string>;
}

/**
 * A private endpoint of an account: an address in a subnet, and the account's names in private DNS zones. Given as `access`, it is there before the
 * account is used, and goes after what used it.
 *
 * @example
 * ```ts
 * const endpoint = new PrivateEndpoint("endpoint", { account, subnetId, dnsZones: [zone.id] });
 * ```
 */
export class PrivateEndpoint extends AccountAddition {
  constructor(name: string, args: PrivateEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("finetune:index:PrivateEndpoint", name, {}, opts);
    const { account, subnetId, dnsZones = [], tags } = args;
    const { resourceGroupName, accountName, accountId } = account;
    const { endpoints, zoneGroups } = modules();
    const privateEndpointName = `${accountName}-endpoint`;
    const endpoint = new endpoints.PrivateEndpoint(
      `${name}-endpoint`,
      transformed("privateEndpoint", `${name}-endpoint`, {
        ...{ resourceGroupName, privateEndpointName, location: args.location ?? account.location },
        subnet: { id: subnetId },
        // `account` is the only group of an account (privateLinkResources).
        privateLinkServiceConnections: [{ name: "account", privateLinkServiceId: accountId, groupIds: ["account"] }],
        tags,
      }),
      { parent: this },
    );
    if (dnsZones.length > 0) {
      new zoneGroups.PrivateDnsZoneGroup(
        `${name}-dns`,
        transformed("dnsZoneGroup", `${name}-dns`, {
          resourceGroupName,
          // By the endpoint's id: a replaced endpoint takes its names along.
          privateEndpointName: endpoint.id.apply(() => privateEndpointName),
          privateDnsZoneGroupName: "default",
          privateDnsZoneConfigs: dnsZones.map((privateDnsZoneId) => ({
            name: privateDnsZoneId.split("/").at(-1)!.replaceAll(".", "-"),
            privateDnsZoneId,
          })),
        }),
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}

/** Loaded where an endpoint is made: most programs make none. */
function modules() {
  /* eslint-disable @typescript-eslint/no-require-imports */
  return {
    endpoints: require("@pulumi/azure-native/network/privateEndpoint") as typeof PrivateEndpointModule,
    zoneGroups: require("@pulumi/azure-native/network/privateDnsZoneGroup") as typeof PrivateDnsZoneGroupModule,
  };
  /* eslint-enable @typescript-eslint/no-require-imports */
}
