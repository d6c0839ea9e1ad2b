import { z } from "zod";
import { DIAGNOSTIC_CATEGORIES } from "../components/diagnostics";
import { orList } from "../format/or-list";
import { element, group, noneIfEmpty, oneOf, text, yesOrNo } from "./schema";

/** Settings of what is around the stack's own account: who reaches it, who watches it, and with which key it is encrypted. */

const armId = (words: string, type: string) =>
  text(
    `${words} (/subscriptions/.../${type}/...)`,
    new RegExp(`^/subscriptions/[^/]+/resourceGroups/.+/${type}/[^/]+$`, "i"),
  );

export const privateEndpoint = element({
  subnetId: armId("the id of a subnet", "subnets").meta({
    description: "ID of the subnet in which the endpoint is created.",
  }),
  dnsZones: z
    .array(armId("the id of a private DNS zone", "privateDnsZones"), { error: "a list of IDs of private DNS zones" })
    .default([])
    .meta({
      description:
        "IDs of the private DNS zones for the account's names, such as privatelink.openai.azure.com. Default: none; you create the DNS records yourself.",
    }),
  location: text("an Azure region such as northcentralus", /^[A-Za-z0-9 ]+$/)
    .transform((region) => region.toLowerCase().replaceAll(" ", ""))
    .optional()
    .meta({ description: "Region of the subnet's network. Default: `location`." }),
});

export const diagnostics = group({
  workspaceId: armId("the id of a Log Analytics workspace", "workspaces").optional().meta({
    description:
      "ID of the Log Analytics workspace for the account's logs and metrics. Default: none; no logs or metrics are sent.",
    costs: "what Log Analytics charges for the data",
  }),
  categories: z
    .array(oneOf(DIAGNOSTIC_CATEGORIES), { error: `a list of ${orList(DIAGNOSTIC_CATEGORIES)}` })
    .min(1, { error: "at least one category" })
    .optional()
    .meta({ description: `Categories that are sent: ${orList(DIAGNOSTIC_CATEGORIES)}. Default: all of these.` }),
}).transform(noneIfEmpty);

export const identity = group({
  systemAssigned: yesOrNo()
    .optional()
    .meta({ description: "true: the account has a managed identity of its own. Default: false." }),
  userAssigned: z
    .array(armId("the id of a managed identity", "userAssignedIdentities"), {
      error: "a list of ids of managed identities",
    })
    .optional()
    .meta({ description: "IDs of existing managed identities that the account uses. Default: none." }),
}).transform(noneIfEmpty);

const KEY_SOURCES = ["Microsoft.KeyVault", "Microsoft.CognitiveServices"] as const;

export const encryption = group({
  keySource: oneOf(KEY_SOURCES).optional().meta({
    description:
      "Microsoft.KeyVault: the account's data is encrypted with the key in `encryption.keyName`; Microsoft.CognitiveServices: the account goes back to Microsoft's keys. Default: Microsoft.KeyVault.",
  }),
  keyVaultUri: text("the address of a key vault, such as https://contoso.vault.azure.net", /^https:\/\/[^/\s]+\/?$/)
    .optional()
    .meta({ description: "Address of the key vault." }),
  keyName: text("the name of a key", /^[A-Za-z0-9-]{1,127}$/)
    .optional()
    .meta({ description: "Name of the key." }),
  keyVersion: text("the version of a key", /^[A-Za-z0-9]{1,64}$/)
    .optional()
    .meta({ description: "Version of the key." }),
  identityClientId: text("a client id (GUID)", /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i)
    .optional()
    .meta({
      description:
        "Client ID of the managed identity in `identity.userAssigned` that may use the key. Default: the account's own identity.",
    }),
}).transform(noneIfEmpty);
