import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "../../src/testing";
import type { AccountRecord } from "../../src/world/state";
import { cognitiveServices } from "../clients";
import { call, tokenFor } from "../https-call";

const DEVELOPER = "53ca6127-db72-4b80-b1b0-d745d6d5456d";
const GROUP = "ResourceGroup1";

describe("projects of a Foundry account and their connections", () => {
  let service: TestService;
  let account: AccountRecord;
  beforeAll(async () => {
    service = await startForTest({ settings: { rbacLagSeconds: 0 } });
    account = service.addAccount("Foundry", { allowProjectManagement: true });
    account.kind = "AIServices";
    service.addAccount("Plain");
  });
  afterAll(() => service.close());

  const project = {
    location: "northcentralus",
    identity: { type: "SystemAssigned" as const },
    properties: { displayName: "First" },
  };

  it("are made at once, the first is the default, and each has an endpoint", async () => {
    const { projects, accounts } = cognitiveServices(service);
    const first = await projects.beginCreateAndWait(GROUP, "Foundry", "p1", project);
    expect(first).toMatchObject({
      name: "Foundry/p1",
      kind: "AIServices",
      location: "northcentralus",
      properties: {
        displayName: "First",
        isDefault: true,
        provisioningState: "Succeeded",
        endpoints: { "AI Foundry API": `${service.endpointOf(account)}api/projects/p1` },
      },
    });
    const second = await projects.beginCreateAndWait(GROUP, "Foundry", "p2", { ...project, properties: {} });
    expect(second.properties?.isDefault).toBe(false);
    const names: (string | undefined)[] = [];
    for await (const { name } of projects.list(GROUP, "Foundry")) names.push(name);
    expect(names).toEqual(["Foundry/p1", "Foundry/p2"]);
    const updated = await projects.beginUpdateAndWait(GROUP, "Foundry", "p2", {
      properties: { description: "Second" },
    });
    expect(updated.properties?.description).toBe("Second");
    expect((await accounts.get(GROUP, "Foundry")).properties).toMatchObject({
      defaultProject: "p1",
      associatedProjects: ["p1", "p2"],
    });
    await expect(accounts.beginDeleteAndWait(GROUP, "Foundry")).rejects.toMatchObject({ code: "CannotDeleteResource" });
    await projects.beginDeleteAndWait(GROUP, "Foundry", "p2");
    await expect(projects.get(GROUP, "Foundry", "p2")).rejects.toMatchObject({ code: "ResourceNotFound" });
  });

  it("are refused to an account of kind OpenAI and in another region", async () => {
    const { projects } = cognitiveServices(service);
    const put = (name: string, body: typeof project) => projects.beginCreateAndWait(GROUP, name, "p3", body);
    await expect(put("Plain", project)).rejects.toMatchObject({ code: "InvalidResourceProperties" });
    await expect(put("Foundry", { ...project, location: "eastus" })).rejects.toMatchObject({
      code: "InvalidRequestContent",
    });
  });

  it("the endpoint of a project answers for its account, with a role, and only for projects that are there", async () => {
    const foundryUser = service.addClient({ displayName: "user", roles: [DEVELOPER] });
    const ask = async (name: string, client = foundryUser) => {
      const headers = { authorization: `Bearer ${await tokenFor(service, client, "https://ai.azure.com")}` };
      return call(service, `/accounts/foundry/api/projects/${name}/openai/v1/files`, { headers });
    };
    expect(await ask("P1")).toMatchObject({ status: 200, body: { object: "list", data: [] } });
    expect((await ask("none")).status).toBe(404);
    const { status, body } = await ask("p1", service.stranger);
    expect(status).toBe(401);
    expect(JSON.stringify(body)).toContain(
      "`GET /openai/v1/files` operation. For instructions on granting the necessary permissions, see https://aka.ms/FoundryPermissions.",
    );
  });

  it("connections of account and project keep their credentials to themselves", async () => {
    const client = cognitiveServices(service);
    const connection = {
      properties: {
        authType: "ApiKey",
        category: "AzureOpenAI",
        target: "https://x",
        credentials: { key: "hidden" },
        metadata: { a: "b" },
      },
    } as const;
    for (const made of [
      await client.accountConnections.create(GROUP, "Foundry", "c", { connection }),
      await client.projectConnections.create(GROUP, "Foundry", "p1", "c", { connection }),
    ]) {
      expect(made).toMatchObject({
        name: "c",
        properties: { authType: "ApiKey", target: "https://x", metadata: { a: "b" } },
      });
      expect(JSON.stringify(made)).not.toContain("hidden");
    }
    const updated = await client.accountConnections.update(GROUP, "Foundry", "c", {
      connection: { properties: { authType: "ApiKey", target: "https://y" } },
    });
    expect(updated.properties).toMatchObject({ target: "https://y", category: "AzureOpenAI" });
    const names: (string | undefined)[] = [];
    for await (const { id } of client.projectConnections.list(GROUP, "Foundry", "p1")) names.push(id);
    expect(names).toEqual([`${account.id}/projects/p1/connections/c`]);
    const bad = { properties: { authType: "Magic" } } as unknown as typeof connection;
    await expect(client.accountConnections.create(GROUP, "Foundry", "d", { connection: bad })).rejects.toMatchObject({
      code: "InvalidRequestContent",
    });
    await client.accountConnections.delete(GROUP, "Foundry", "c");
    await expect(client.accountConnections.get(GROUP, "Foundry", "c")).rejects.toMatchObject({
      code: "ResourceNotFound",
    });
  });
});
