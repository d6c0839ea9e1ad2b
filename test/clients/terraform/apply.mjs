import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, report, service, step } from "./steps.mjs";

const { env } = process;
const folder = env.LOCAL_AZURE_FOLDER;
report({ version: readFileSync("go.mod", "utf8").match(/terraform-provider-azapi v([\d.]+)/)[1] });
const id = `/subscriptions/${service.subscriptionId}/resourceGroups/${service.resourceGroup}`;
const contributor = `/subscriptions/${service.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/a001fd3d-188f-4b5d-821b-7da978bf7442`;
const assignment = "6c9e0f6e-4b0f-4f0e-9f5e-0d8a4f1d2c3b";

/** The provider as it is built here, in place of one from a registry; sign-in as a managed identity (its client id is not looked at). */
function settings(tags) {
  return {
    terraform: { required_providers: { azapi: { source: "azure/azapi" } } },
    provider: {
      azapi: {
        endpoint: [
          {
            resource_manager_endpoint: service.endpoint,
            resource_manager_audience: service.endpoint,
            active_directory_authority_host: service.endpoint,
          },
        ],
        subscription_id: service.subscriptionId,
        tenant_id: service.tenantId,
        client_id: service.clientId,
        use_msi: true,
        use_cli: false,
        skip_provider_registration: true,
        enable_hcl_output_for_data_source: true,
      },
    },
    resource: {
      azapi_resource: {
        account: {
          type: "Microsoft.CognitiveServices/accounts@2023-05-01",
          parent_id: id,
          name: "TerraformAccount",
          location: "northcentralus",
          tags,
          identity: [{ type: "SystemAssigned" }],
          body: { kind: "OpenAI", sku: { name: "S0" }, properties: { customSubDomainName: "terraformaccount" } },
          response_export_values: ["properties.endpoint"],
        },
        deployment: {
          type: "Microsoft.CognitiveServices/accounts/deployments@2023-05-01",
          parent_id: "${azapi_resource.account.id}",
          name: "base",
          body: {
            sku: { name: "Standard", capacity: 1 },
            properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } },
          },
        },
        role: {
          type: "Microsoft.Authorization/roleAssignments@2022-04-01",
          parent_id: "${azapi_resource.account.id}",
          name: assignment,
          body: {
            properties: {
              roleDefinitionId: contributor,
              principalId: "${azapi_resource.account.identity[0].principal_id}",
              principalType: "ServicePrincipal",
            },
          },
        },
      },
    },
    data: {
      azapi_resource_action: {
        keys: {
          type: "Microsoft.CognitiveServices/accounts@2023-05-01",
          resource_id: "${azapi_resource.account.id}",
          action: "listKeys",
          response_export_values: ["key1"],
        },
      },
    },
    output: {
      endpoint: { value: "${azapi_resource.account.output.properties.endpoint}" },
      key: { value: "${data.azapi_resource_action.keys.output.key1}", sensitive: true },
    },
  };
}

function terraform(...args) {
  const { status, stdout, stderr } = spawnSync("terraform", args, {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...env,
      TF_CLI_CONFIG_FILE: path.join(folder, "cli.tfrc"),
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      IDENTITY_ENDPOINT: env.LOCAL_AZURE_IDENTITY_ENDPOINT,
      IDENTITY_HEADER: env.LOCAL_AZURE_IDENTITY_HEADER,
      ARM_DISABLE_TERRAFORM_PARTNER_ID: "true",
    },
  });
  return { status, stdout, stderr };
}

function must(...args) {
  const { status, stdout, stderr } = terraform(...args, "-no-color");
  expect(status === 0, `${args[0]}: ${(stderr || stdout).trim().slice(-400)}`);
  return stdout;
}

function write(tags) {
  writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(settings(tags)));
}

writeFileSync(
  path.join(folder, "cli.tfrc"),
  `provider_installation {\n  dev_overrides { "azure/azapi" = ${JSON.stringify(process.cwd())} }\n  direct {}\n}\n`,
);
const noChange = () => expect(terraform("plan", "-detailed-exitcode").status === 0, "the plan after it is not empty");

await step("apply", () => {
  write({ team: "a" });
  must("apply", "-auto-approve");
});
await step("listKeys", () => {
  const { endpoint, key } = JSON.parse(must("output", "-json"));
  expect(endpoint.value.startsWith(service.endpoint) && key.value.length === 84, "endpoint or key is another");
});
await step("empty plan", noChange);
await step("update", () => {
  write({ team: "b" });
  must("apply", "-auto-approve");
  noChange();
});
await step("import", () => {
  const [name, account] = [
    "azapi_resource.deployment",
    `${id}/providers/Microsoft.CognitiveServices/accounts/TerraformAccount`,
  ];
  must("state", "rm", name);
  must("import", name, `${account}/deployments/base?api-version=2023-05-01`);
  must("apply", "-auto-approve");
});
await step("destroy", () => must("destroy", "-auto-approve"));
