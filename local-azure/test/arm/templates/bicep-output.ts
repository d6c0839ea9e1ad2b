/** A template as Bicep writes it: language version 2.0, resources by symbol. */
export function template<Parts extends object>(parts: Parts) {
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    languageVersion: "2.0",
    contentVersion: "1.0.0.0",
    resources: [],
    ...parts,
  };
}

/** What Bicep makes of `module x '...' = { params }`. */
export function moduleOf(inner: object, parameters: object) {
  return {
    type: "Microsoft.Resources/deployments",
    apiVersion: "2025-04-01",
    name: "[format('inner-{0}', deployment().name)]",
    properties: {
      expressionEvaluationOptions: { scope: "inner" },
      mode: "Incremental",
      parameters,
      template: inner,
    },
  };
}

/** An account, two base models one after the other (`@batchSize(1)`), a role on the account; outputs that ask for them. */
export const accountTemplate = template({
  parameters: {
    location: { type: "string", defaultValue: "[resourceGroup().location]" },
    prefix: { type: "string", minLength: 2 },
    secret: { type: "securestring", defaultValue: "hidden" },
    principalId: { type: "string" },
    models: {
      type: "array",
      defaultValue: [
        { name: "gpt-4o-mini", version: "2024-07-18", capacity: 10 },
        { name: "gpt-4o", version: "2024-08-06", capacity: 5 },
      ],
    },
  },
  variables: {
    accountName: "[format('{0}-{1}', parameters('prefix'), uniqueString(resourceGroup().id))]",
    roleId: "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
  },
  resources: {
    account: {
      type: "Microsoft.CognitiveServices/accounts",
      apiVersion: "2025-06-01",
      name: "[variables('accountName')]",
      location: "[parameters('location')]",
      kind: "OpenAI",
      sku: { name: "S0" },
      properties: { customSubDomainName: "[toLower(variables('accountName'))]", publicNetworkAccess: "Enabled" },
    },
    deployments: {
      copy: { name: "deployments", count: "[length(parameters('models'))]", mode: "serial", batchSize: 1 },
      type: "Microsoft.CognitiveServices/accounts/deployments",
      apiVersion: "2025-06-01",
      name: "[format('{0}/{1}', variables('accountName'), parameters('models')[copyIndex()].name)]",
      sku: { name: "Standard", capacity: "[parameters('models')[copyIndex()].capacity]" },
      properties: {
        model: {
          format: "OpenAI",
          name: "[parameters('models')[copyIndex()].name]",
          version: "[parameters('models')[copyIndex()].version]",
        },
      },
      dependsOn: ["account"],
    },
    role: {
      type: "Microsoft.Authorization/roleAssignments",
      apiVersion: "2022-04-01",
      scope: "[format('Microsoft.CognitiveServices/accounts/{0}', variables('accountName'))]",
      name: "[guid(resourceId('Microsoft.CognitiveServices/accounts', variables('accountName')), parameters('principalId'), variables('roleId'))]",
      properties: {
        roleDefinitionId: "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', variables('roleId'))]",
        principalId: "[parameters('principalId')]",
        principalType: "ServicePrincipal",
      },
      dependsOn: ["account"],
    },
  },
  outputs: {
    endpoint: { type: "string", value: "[reference('account').endpoint]" },
    id: { type: "string", value: "[resourceId('Microsoft.CognitiveServices/accounts', variables('accountName'))]" },
    key: { type: "securestring", value: "[listKeys('account', '2025-06-01').key1]" },
    names: {
      type: "array",
      copy: { count: "[length(parameters('models'))]", input: "[parameters('models')[copyIndex()].name]" },
    },
  },
});
