import { describe, expect, it } from "@jest/globals";
import { PrivateEndpoint } from "../../components";
import { mockProgram, settled } from "../support/mocked-program";

const account = { resourceGroupName: "rg", accountName: "acc", accountId: "account-id", location: "northcentralus" };
const subnetId = "/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/v/subnets/ai";
const zone = (name: string) =>
  `/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/privateDnsZones/${name}`;

describe("a private endpoint", () => {
  it("connects the account with the subnet, and its names with the zones", async () => {
    const program = await mockProgram();
    const dnsZones = [zone("privatelink.openai.azure.com"), zone("privatelink.cognitiveservices.azure.com")];
    new PrivateEndpoint("endpoint", { account, subnetId, dnsZones, tags: { team: "ai" } });
    await settled();
    expect(program.find("endpoint-endpoint")).toMatchObject({
      type: "azure-native:network:PrivateEndpoint",
      inputs: {
        resourceGroupName: "rg",
        privateEndpointName: "acc-endpoint",
        location: "northcentralus",
        subnet: { id: subnetId },
        privateLinkServiceConnections: [{ name: "account", privateLinkServiceId: "account-id", groupIds: ["account"] }],
        tags: { team: "ai" },
      },
    });
    expect(program.find("endpoint-dns")).toMatchObject({
      type: "azure-native:network:PrivateDnsZoneGroup",
      inputs: {
        resourceGroupName: "rg",
        privateEndpointName: "acc-endpoint",
        privateDnsZoneGroupName: "default",
        privateDnsZoneConfigs: [
          { name: "privatelink-openai-azure-com", privateDnsZoneId: dnsZones[0] },
          { name: "privatelink-cognitiveservices-azure-com", privateDnsZoneId: dnsZones[1] },
        ],
      },
    });
    expect(program.find("endpoint-dns").order).toBeGreaterThan(program.find("endpoint-endpoint").order);
  });

  it("may lie in a network of another region, without zones of the stack", async () => {
    const program = await mockProgram();
    new PrivateEndpoint("endpoint", { account, subnetId, location: "eastus2" });
    await settled();
    expect(program.find("endpoint-endpoint").inputs).toMatchObject({ location: "eastus2" });
    expect(program.registered.map(({ name }) => name)).not.toContain("endpoint-dns");
  });
});
