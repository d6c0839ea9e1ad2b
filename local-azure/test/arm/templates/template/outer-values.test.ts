import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { moduleOf, template } from "../bicep-output";
import { Deployer } from "../deployer";

/** A template of language version 1, whose nested templates have the scope `outer` unless they say otherwise. */
const old = (parts: object) => ({ ...template(parts), languageVersion: undefined });
const nested = (name: string, inner: object, more: object = {}) => ({
  type: "Microsoft.Resources/deployments",
  apiVersion: "2025-04-01",
  name,
  properties: { mode: "Incremental", template: old(inner), ...more },
});
const account = (name: string, more: object = {}) => ({
  type: "Microsoft.CognitiveServices/accounts",
  apiVersion: "2025-06-01",
  name,
  location: "northcentralus",
  kind: "OpenAI",
  sku: { name: "S0" },
  properties: {},
  ...more,
});

describe("nested templates with the scope outer", () => {
  let deployer: Deployer;
  beforeEach(async () => {
    deployer = await Deployer.start();
  });
  afterEach(() => deployer.service.close());

  it.each([
    ["outer", undefined, "from the outer"],
    ["outer, said", { expressionEvaluationOptions: { scope: "outer" } }, "from the outer"],
    ["inner", { expressionEvaluationOptions: { scope: "inner" } }, "from the nested"],
  ])("variables have the values of scope %s", async (_what, options, expected) => {
    const inner = {
      variables: { which: "from the nested" },
      outputs: { which: { type: "string", value: "[variables('which')]" } },
    };
    const outer = old({
      variables: { which: "from the outer" },
      resources: [nested("inside", inner, options)],
      outputs: { which: { type: "string", value: "[reference('inside').outputs.which.value]" } },
    });
    const { error, outputs } = await deployer.deployed("outside", outer);
    expect([error, outputs?.which?.value]).toEqual([undefined, expected]);
  });

  it("loops, dependencies, brackets and references of the nested one work", async () => {
    const inner = {
      resources: [
        account("[concat(parameters('name'), copyIndex(1))]", {
          copy: { name: "accounts", count: 2 },
          tags: { plain: "[[not evaluated]", of: "[reference('First').endpoint]" },
        }),
        {
          type: "Microsoft.CognitiveServices/accounts/deployments",
          apiVersion: "2025-06-01",
          name: "[concat(parameters('name'), '1/', 'model', copyIndex())]",
          copy: { name: "models", count: 2, mode: "serial", batchSize: 1 },
          sku: { name: "Standard", capacity: 1 },
          properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } },
          dependsOn: ["accounts"],
        },
      ],
    };
    const outer = old({
      parameters: { name: { type: "string", defaultValue: "Nested" } },
      resources: [account("First"), { ...nested("inside", inner), dependsOn: ["First"] }],
    });
    await deployer.deployed("outside", outer);
    deployer.service.advance(5_000);
    const { provisioningState, error } = await deployer.shown("outside");
    expect([provisioningState, error]).toEqual(["Succeeded", undefined]);
    const [first, one, two] = deployer.service.world.state.accounts;
    expect([first?.name, one?.name, two?.name]).toEqual(["First", "Nested1", "Nested2"]);
    expect(two?.tags).toEqual({ plain: "[not evaluated]", of: deployer.service.endpointOf(first!) });
    expect(one?.deployments.map(({ name }) => name)).toEqual(["model0", "model1"]);
  });

  it("one in another keeps the outermost values; one with expressions of its own keeps them", async () => {
    const inmost = { outputs: { which: { type: "string", value: "[parameters('which')]" } } };
    const own = { parameters: { which: { type: "string", defaultValue: "own" } }, ...inmost };
    const middle = {
      resources: [nested("inmost", inmost), nested("own", own, { expressionEvaluationOptions: { scope: "inner" } })],
    };
    const parameters = { which: { type: "string", defaultValue: "outermost" } };
    const { error } = await deployer.deployed("outside", old({ parameters, resources: [nested("middle", middle)] }));
    expect(error).toBeUndefined();
    expect((await deployer.shown("inmost")).outputs?.which?.value).toBe("outermost");
    expect((await deployer.shown("own")).outputs?.which?.value).toBe("own");
  });

  it("language version 2.0 has the scope inner by default and refuses outer", async () => {
    const { properties, ...rest } = moduleOf(template({ outputs: { one: { type: "int", value: 1 } } }), {});
    const { expressionEvaluationOptions: _inner, ...withoutScope } = properties;
    const byDefault = { ...rest, properties: withoutScope };
    expect((await deployer.deployed("new", template({ resources: { byDefault } }))).error).toBeUndefined();
    const outer = { ...rest, properties: { ...properties, expressionEvaluationOptions: { scope: "outer" } } };
    const { status, body } = await deployer.deploy("refused", template({ resources: { outer } }));
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain("which a template of language version 2.0 does not support");
  });
});
