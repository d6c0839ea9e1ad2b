import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { ClientSecretCredential } from "@azure/identity";
import OpenAI from "openai";
import { cognitiveServicesClient } from "./azure-clients";
import type { Checkout } from "./checkout";
import { environmentOf, OtherStacks } from "./other-stacks";

export const GROUP = "ResourceGroup1";
export const ACCOUNT = "team-openai";
/** Cognitive Services OpenAI Contributor. */
const CONTRIBUTOR = "a001fd3d-188f-4b5d-821b-7da978bf7442";

/** An account that a team made before any stack, with things of others in it; and stacks that use it. */
export class SharedAccount extends OtherStacks {
  static async open(checkout: Checkout): Promise<SharedAccount> {
    const shared = new SharedAccount(checkout, await environmentOf(checkout));
    await shared.createAccount();
    return shared;
  }

  get accounts() {
    return cognitiveServicesClient(this.checkout.cloud);
  }

  get id(): string {
    const { subscriptionId } = this.checkout.cloud;
    return `/subscriptions/${subscriptionId}/resourceGroups/${GROUP}/providers/Microsoft.CognitiveServices/accounts/${ACCOUNT}`;
  }

  /** As `az cognitiveservices account create --kind OpenAI --sku S0 --custom-domain team-openai` does; with a deployment and a file of others. */
  private async createAccount(): Promise<void> {
    await this.accounts.accounts.beginCreateAndWait(GROUP, ACCOUNT, {
      kind: "OpenAI",
      sku: { name: "S0" },
      location: "northcentralus",
      tags: { team: "search" },
      properties: { customSubDomainName: ACCOUNT },
    });
    await this.accounts.deployments.beginCreateOrUpdateAndWait(GROUP, ACCOUNT, "search", {
      sku: { name: "Standard", capacity: 1 },
      properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } },
    });
    const rows = this.checkout.read("data/training_set.jsonl");
    const openai = await this.openai();
    const { id } = await openai.files.create({ purpose: "fine-tune", file: new File([rows], "training_set.jsonl") });
    await openai.files.waitForProcessing(id, { pollInterval: 200 });
  }

  /** What the command of the refused preview does. */
  async assignRole(): Promise<void> {
    const { endpoint, subscriptionId, tenantId, clientId, clientSecret } = this.checkout.cloud;
    const options = { authorityHost: endpoint, disableInstanceDiscovery: true };
    const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, options);
    const client = new AuthorizationManagementClient(credential, subscriptionId, {
      endpoint,
      credentialScopes: `${endpoint}/.default`,
    });
    const { token } = await credential.getToken(`${endpoint}/.default`);
    const { oid } = JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()) as { oid: string };
    await client.roleAssignments.create(this.id, "5f0bd9bd-7b93-4f28-af87-19fc36ad6100", {
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${CONTRIBUTOR}`,
      principalId: oid,
      principalType: "ServicePrincipal",
    });
  }

  /** Everything in the account, as its own clients see it. */
  async content(): Promise<{ account: string; deployments: string[]; files: string[]; jobs: string[] }> {
    const [account, keys] = await Promise.all([
      this.accounts.accounts.get(GROUP, ACCOUNT),
      this.accounts.accounts.listKeys(GROUP, ACCOUNT),
    ]);
    const deployments = [];
    for await (const one of this.accounts.deployments.list(GROUP, ACCOUNT)) deployments.push(JSON.stringify(one));
    const openai = await this.openai();
    const files = [];
    for await (const one of openai.files.list()) files.push(JSON.stringify(one));
    const jobs = [];
    for await (const one of openai.fineTuning.jobs.list()) jobs.push(JSON.stringify(one));
    return { account: JSON.stringify({ account, keys }), deployments, files, jobs };
  }

  async openai(): Promise<OpenAI> {
    const { key1 } = await this.accounts.accounts.listKeys(GROUP, ACCOUNT);
    const { properties } = await this.accounts.accounts.get(GROUP, ACCOUNT);
    return new OpenAI({ apiKey: key1!, baseURL: `${properties!.endpoint}openai/v1/` });
  }
}
