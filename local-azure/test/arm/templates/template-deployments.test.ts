import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { TestService } from "../../../src/testing";
import { call, tokenFor } from "../../https-call";
import { Deployer, type Shown } from "./deployer";
import { accountTemplate, moduleOf, template } from "./bicep-output";

describe("deployments of templates", () => {
  let service: TestService;
  let group: string;
  let deployer: Deployer;
  beforeEach(async () => {
    deployer = await Deployer.start();
    ({ service, group } = deployer);
  });
  afterEach(() => service.close());

  const ask = (...args: Parameters<Deployer["ask"]>) => deployer.ask(...args);
  const deploy = (name: string, sent: object, parameters: object = {}) => deployer.deploy(name, sent, parameters);
  const shown = (name: string) => deployer.shown(name);
  const writes = async () => {
    const headers = { "x-local-azure-admin": service.world.state.adminToken };
    const { body } = await call(service, "/local-azure/requests", { headers });
    const all = (Array.isArray(body) ? body : (body as { requests: unknown[] }).requests) as {
      method: string;
      path: string;
    }[];
    return all
      .filter(({ method, path }) => method === "PUT" && !path.includes("Microsoft.Resources"))
      .map(({ path }) => path);
  };

  it("makes what Bicep writes in the order of its dependencies, each when the one before it is ready", async () => {
    const principalId = service.stranger.objectId;
    const started = await deploy("whole", accountTemplate, {
      prefix: { value: "made" },
      principalId: { value: principalId },
    });
    expect([started.status, (started.body as Shown).properties.provisioningState]).toEqual([201, "Accepted"]);
    const url = new URL(String(started.headers["azure-asyncoperation"]));
    const status = async () => (await ask(url.pathname + url.search)).body;

    expect(await status()).toEqual({ status: "Running" });
    expect((await writes()).length).toBe(1);
    service.advance(4_000);
    expect(await status()).toEqual({ status: "Running" });
    service.advance(1_000);
    expect(await status()).toEqual({ status: "Succeeded" });

    const { outputs, parameters, outputResources, duration } = await shown("whole");
    const account = service.world.state.accounts[0]!;
    expect(account.name).toMatch(/^made-[a-z2-7]{13}$/);
    expect(account.deployments.map(({ name, sku }) => [name, sku.capacity])).toEqual([
      ["gpt-4o-mini", 10],
      ["gpt-4o", 5],
    ]);
    expect(service.world.state.roleAssignments.at(-1)).toMatchObject({ scope: account.id, principalId });
    expect(outputs).toEqual({
      endpoint: { type: "String", value: service.endpointOf(account) },
      id: { type: "String", value: account.id },
      key: { type: "SecureString" },
      names: { type: "Array", value: ["gpt-4o-mini", "gpt-4o"] },
    });
    expect(parameters).toMatchObject({
      location: { type: "String", value: "northcentralus" },
      secret: { type: "SecureString" },
    });
    expect(JSON.stringify(parameters)).not.toContain("hidden");
    expect(outputResources).toHaveLength(4);
    expect(duration).toBe("PT5S");

    // The same again changes nothing and makes nothing new.
    await deploy("whole", accountTemplate, { prefix: { value: "made" }, principalId: { value: principalId } });
    expect((await shown("whole")).provisioningState).toBe("Succeeded");
    expect(service.world.state.accounts).toHaveLength(1);
  });

  it("a failure is that of the resource, and nothing is begun after it", async () => {
    const tooMany = {
      prefix: { value: "big" },
      models: {
        value: [
          { name: "gpt-4o-mini", version: "2024-07-18", capacity: 9_999_999 },
          { name: "gpt-4o", version: "2024-08-06", capacity: 1 },
        ],
      },
      principalId: { value: service.stranger.objectId },
    };
    await deploy("failing", accountTemplate, tooMany);
    await shown("failing");
    service.advance(5_000);
    const { provisioningState, error, outputs } = await shown("failing");
    expect([provisioningState, outputs]).toEqual(["Failed", undefined]);
    expect(error).toMatchObject({ code: "DeploymentFailed", details: [{ code: "InvalidResourceProperties" }] });
    expect(service.world.state.accounts[0]?.deployments).toEqual([]);
    // az asks for them below the group itself.
    const { body } = await ask(`${group}/deployments/failing/operations`);
    expect((await ask("failing/operations")).body).toEqual(body);
    const operations = (body as { value: { properties: Record<string, unknown> }[] }).value.map(({ properties }) => [
      properties.provisioningState,
      properties.statusCode,
    ]);
    expect(operations).toEqual(
      expect.arrayContaining([
        ["Failed", "BadRequest"],
        ["Succeeded", "Created"],
      ]),
    );
  });

  it("a module is a deployment of its own, whose outputs the next resource uses", async () => {
    const outer = template({
      resources: {
        group: {
          type: "Microsoft.Resources/resourceGroups",
          apiVersion: "2024-11-01",
          name: "Made",
          location: "eastus",
        },
        inner: {
          ...moduleOf(
            template({
              parameters: { name: { type: "string" } },
              resources: {
                account: {
                  type: "Microsoft.CognitiveServices/accounts",
                  apiVersion: "2025-06-01",
                  name: "[parameters('name')]",
                  location: "[resourceGroup().location]",
                  kind: "OpenAI",
                  sku: { name: "S0" },
                  properties: {},
                },
              },
              outputs: {
                id: {
                  type: "string",
                  value: "[resourceId('Microsoft.CognitiveServices/accounts', parameters('name'))]",
                },
              },
            }),
            { name: { value: "[parameters('name')]" } },
          ),
          resourceGroup: "Made",
          dependsOn: ["group"],
        },
      },
      parameters: { name: { type: "string" } },
      outputs: { id: { type: "string", value: "[reference('inner').outputs.id.value]" } },
    });
    const path = `/subscriptions/${service.subscriptionId}/providers/Microsoft.Resources/deployments/outer`;
    const body = {
      location: "eastus",
      properties: { mode: "Incremental", template: outer, parameters: { name: { value: "Nested" } } },
    };
    expect((await ask(path, "PUT", body)).status).toBe(201);
    await ask(path);
    service.advance(5_000);
    const { properties } = (await ask(path)).body as Shown;
    expect([properties.provisioningState, properties.error]).toEqual(["Succeeded", undefined]);
    const [account] = service.world.state.accounts;
    expect(account).toMatchObject({ name: "Nested", resourceGroup: "Made", location: "eastus" });
    expect(properties.outputs).toEqual({ id: { type: "String", value: account?.id } });
  });

  it("a resource of a template waits for what its expressions refer to, without dependsOn", async () => {
    const waiting = template({
      resources: [
        {
          type: "Microsoft.Resources/tags",
          apiVersion: "2024-11-01",
          name: "default",
          properties: {
            tags: { endpoint: "[reference(resourceId('Microsoft.CognitiveServices/accounts', 'Referred')).endpoint]" },
          },
        },
        {
          type: "Microsoft.CognitiveServices/accounts",
          apiVersion: "2025-06-01",
          name: "Referred",
          location: "eastus",
          kind: "OpenAI",
          sku: { name: "S0" },
          properties: { customSubDomainName: "referred" },
        },
      ],
    });
    await deploy("waiting", waiting);
    await shown("waiting");
    service.advance(5_000);
    expect((await shown("waiting")).provisioningState).toBe("Succeeded");
    const made = service.world.state.resourceGroups[0]?.tags;
    expect(made).toEqual({ endpoint: service.endpointOf(service.world.state.accounts[0]!) });
  });

  it("continues where a killed service stopped, and writes what it had not noted again", async () => {
    await deploy("killed", accountTemplate, {
      prefix: { value: "kept" },
      principalId: { value: service.stranger.objectId },
    });
    await shown("killed");
    const [record] = service.world.state.templateDeployments!;
    record!.resources[0]!.state = "waiting";
    service.advance(5_000);
    expect((await shown("killed")).provisioningState).toBe("Succeeded");
    expect(service.world.state.accounts).toHaveLength(1);
  });

  it("canceled: what runs ends, nothing more is begun; a running one is not replaced", async () => {
    const values = { prefix: { value: "gone" }, principalId: { value: service.stranger.objectId } };
    await deploy("canceled", accountTemplate, values);
    await shown("canceled");
    expect((await deploy("canceled", accountTemplate, values)).body).toMatchObject({
      error: { code: "DeploymentActive" },
    });
    expect((await ask("canceled/cancel", "POST", {})).status).toBe(204);
    service.advance(5_000);
    expect((await shown("canceled")).provisioningState).toBe("Canceled");
    expect(service.world.state.accounts[0]?.deployments).toEqual([]);
    expect((await ask("canceled/cancel", "POST", {})).status).toBe(409);
    expect((await ask("canceled", "HEAD")).status).toBe(204);
    expect((await ask("canceled", "DELETE")).status).toBe(204);
    expect((await ask("canceled")).body).toMatchObject({ error: { code: "DeploymentNotFound" } });
  });

  const accountA = { type: "Microsoft.CognitiveServices/accounts", apiVersion: "2025-06-01", name: "A" };
  const one = (resource: object) => template({ resources: [{ ...accountA, ...resource }] });
  it.each<[string, object, object, string, string]>([
    [
      "a type of another kind",
      one({ type: "Microsoft.Storage/storageAccounts" }),
      {},
      "InvalidTemplate",
      "'Microsoft.Storage/storageAccounts' .*not supported by this service",
    ],
    [
      "an api-version that is none",
      one({ apiVersion: "1999-01-01" }),
      {},
      "NoRegisteredProviderFound",
      "API version '1999-01-01' for type 'accounts'",
    ],
    [
      "a parameter that is missing",
      template({ parameters: { p: { type: "string" } } }),
      {},
      "InvalidTemplate",
      "The value for the template parameter 'p' .* is not provided",
    ],
    [
      "a parameter that the template lacks",
      template({ parameters: { p: { type: "string", defaultValue: "" } } }),
      { q: { value: 1 } },
      "InvalidTemplate",
      "The template parameters 'q' in the parameters file are not valid",
    ],
    [
      "a parameter of another type",
      template({ parameters: { p: { type: "int" } } }),
      { p: { value: "1" } },
      "InvalidTemplate",
      "Expected 'Integer'. Actual 'String'",
    ],
    [
      "a value that is not allowed",
      template({ parameters: { p: { type: "string", allowedValues: ["a", "b"] } } }),
      { p: { value: "c" } },
      "InvalidTemplate",
      "The value 'c' is not part of the allowed value\\(s\\): 'a,b'",
    ],
    [
      "a secret from a key vault",
      template({ parameters: { p: { type: "securestring" } } }),
      { p: { reference: {} } },
      "InvalidTemplate",
      "key vault \\(p\\) is not supported",
    ],
    [
      "a dependency on nothing",
      one({ dependsOn: ["B"] }),
      {},
      "InvalidTemplate",
      "The resource 'B' is not defined in the template",
    ],
    [
      "resources in a circle",
      template({
        resources: {
          a: { ...accountA, dependsOn: ["b"] },
          b: { ...accountA, name: "B", dependsOn: ["a"] },
        },
      }),
      {},
      "InvalidTemplate",
      "Circular dependency detected",
    ],
    [
      "a variable of itself",
      template({
        variables: { a: "[variables('b')]", b: "[variables('a')]" },
        resources: one({ name: "[variables('a')]" }).resources,
      }),
      {},
      "InvalidTemplate",
      "Circular reference detected",
    ],
    ["no template", {}, {}, "InvalidTemplate", "Required property '\\$schema' not found"],
  ])("refuses %s at validation and at once", async (_what, sent, parameters, code, sentence) => {
    const properties = { mode: "Incremental", template: sent, parameters };
    for (const [path, method] of [
      ["x/validate", "POST"],
      ["x", "PUT"],
    ] as const) {
      const { status, body } = await ask(path, method, { properties });
      const { error } = body as { error: { code: string; message: string } };
      expect([status, error.code]).toEqual([400, code]);
      expect(error.message).toMatch(new RegExp(sentence));
    }
    expect(await writes()).toEqual([]);
  });

  it("refuses modes that there are not, links, and templates of nobody who may write", async () => {
    const properties = {
      template: accountTemplate,
      parameters: { prefix: { value: "no" }, principalId: { value: "x" } },
    };
    const refused = async (more: object) =>
      ((await ask("x", "PUT", { properties: { ...properties, ...more } })).body as { error: { message: string } }).error
        .message;
    expect(await refused({ mode: "Whole" })).toContain("the mode is 'Incremental' or 'Complete', not 'Whole'");
    expect(await refused({ template: undefined, templateLink: { uri: "https://x" } })).toContain("'templateLink'");
    const contributor = service.addClient({
      displayName: "contributor",
      roles: ["b24988ac-6180-42a0-ab88-20f7382dd24c"],
    });
    const { status, body } = await ask("x", "PUT", { properties }, contributor);
    expect([status, body]).toMatchObject([403, { error: { code: "InvalidTemplateDeployment" } }]);
    expect(JSON.stringify(body)).toContain(
      "does not have permission to perform action 'Microsoft.Authorization/roleAssignments/write'",
    );
  });

  it("takes the body as az sends it: the template as text under a name without quotes, with comments", async () => {
    const headers = { authorization: `Bearer ${await tokenFor(service, service.deployer)}` };
    const text = `{"properties": {"mode": "Incremental", "parameters": {}, template:{ // first\n '$schema': "s", "contentVersion": "1.0.0.0", "resources": [], }}}`;
    const { status } = await call(
      service,
      `${group}/providers/Microsoft.Resources/deployments/az?api-version=2024-11-01`,
      { method: "PUT", headers, text },
    );
    expect(status).toBe(201);
    expect((await shown("az")).provisioningState).toBe("Succeeded");
    const { status: elsewhere } = await call(service, `${group}?api-version=2024-11-01`, {
      method: "PATCH",
      headers,
      text: "{tags: {}}",
    });
    expect(elsewhere).toBe(400);
  });
});
