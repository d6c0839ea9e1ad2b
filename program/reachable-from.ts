/** What decides from where an account's data plane is reached, as Azure has it. */
export interface Reach {
  publicNetworkAccess?: string;
  networkAcls?: { defaultAction?: string; ipRules?: readonly unknown[]; virtualNetworkRules?: readonly unknown[] };
  /** The stack's own private endpoint. */
  privateEndpoint?: { subnetId: string };
}

/** From where a run must come, as one line; undefined where it may come from anywhere. */
export function reachableFrom(
  accountName: string,
  { publicNetworkAccess, networkAcls, privateEndpoint }: Reach,
): string | undefined {
  const elsewhere = "From anywhere else, uploads, jobs and chat are refused (403).";
  if (publicNetworkAccess === "Disabled") {
    const network = privateEndpoint
      ? `the network of ${privateEndpoint.subnetId.split("/").slice(-3).join("/")}`
      : "a network with a private endpoint to it";
    return `Account ${accountName} has no public access: run this on a machine in ${network}, where the account's name resolves to that endpoint. ${elsewhere}`;
  }
  if (networkAcls?.defaultAction !== "Deny") return undefined;
  const allowed = [
    counted(networkAcls.ipRules, "address range"),
    counted(networkAcls.virtualNetworkRules, "subnet"),
    ...(privateEndpoint ? ["its private endpoint"] : []),
  ].filter((one) => one !== undefined);
  const from = allowed.length > 0 ? `only ${allowed.join(", ")}` : "no network at all: network.networkAcls lists none";
  return `Account ${accountName} accepts ${from}: run this on a machine in one of them. ${elsewhere}`;
}

function counted(list: readonly unknown[] = [], what: string): string | undefined {
  return list.length === 0 ? undefined : `${list.length} ${what}${list.length === 1 ? "" : "s"} (network.networkAcls)`;
}
