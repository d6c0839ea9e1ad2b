import { expect, it } from "@jest/globals";
import { reachableFrom, type Reach } from "../../program/reachable-from";

const privateEndpoint = { subnetId: "/subscriptions/s/resourceGroups/g/providers/x/virtualNetworks/v/subnets/ai" };

it.each<[string, Reach, RegExp | undefined]>([
  ["open to everybody", {}, undefined],
  ["open by rule", { publicNetworkAccess: "Enabled", networkAcls: { defaultAction: "Allow" } }, undefined],
  ["an endpoint beside public access", { publicNetworkAccess: "Enabled", privateEndpoint }, undefined],
  [
    "closed",
    { publicNetworkAccess: "Disabled" },
    /^Account acc has no public access: run this on a machine in a network with a private endpoint to it, /,
  ],
  [
    "closed, with an endpoint",
    { publicNetworkAccess: "Disabled", privateEndpoint },
    /machine in the network of v\/subnets\/ai, .+ \(403\)\.$/,
  ],
  [
    "some addresses",
    { networkAcls: { defaultAction: "Deny", ipRules: ["1.2.3.4"], virtualNetworkRules: ["a", "b"] } },
    /^Account acc accepts only 1 address range \(network\.networkAcls\), 2 subnets \(network\.networkAcls\): run this/,
  ],
  [
    "some addresses and an endpoint",
    { networkAcls: { defaultAction: "Deny", ipRules: ["1.2.3.4"] }, privateEndpoint },
    /, its private endpoint: run/,
  ],
  ["nobody", { networkAcls: { defaultAction: "Deny" } }, /accepts no network at all/],
])("%s", (_what, reach, line) => {
  const said = reachableFrom("acc", reach);
  expect(said === undefined ? undefined : line?.test(said)).toBe(line === undefined ? undefined : true);
});
