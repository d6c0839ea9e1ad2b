import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ModelDeployment, type ModelDeploymentArgs } from "../../components/model-deployment";
import { deploymentNameFor } from "../../dynamic-providers/runtime/deployment-name";
import { mockProgram, settled, valueOf } from "../support/mocked-program";

const key = "abcdef0123456789";

describe("deploymentNameFor", () => {
  it.each([
    ["blueGreen", "last", "chat-abcdef"],
    ["blueGreen", undefined, "chat-abcdef"],
    ["recreate", "last", "chat"],
    ["recreate", "best", "chat"],
    ["inPlace", 68, "chat"],
  ] as const)("%s, checkpoint %s: %s", (mode, checkpoint, name) => {
    expect(deploymentNameFor("chat", mode, key, checkpoint)).toBe(name);
  });

  it("in blueGreen another key or another checkpoint is another name", () => {
    const hex = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 });
    fc.assert(
      fc.property(hex, fc.constantFrom("best" as const, 1, 68), (trainingKey, checkpoint) => {
        const last = deploymentNameFor("chat", "blueGreen", trainingKey);
        expect(last).toBe(`chat-${trainingKey.slice(0, 6)}`);
        expect(deploymentNameFor("chat", "blueGreen", trainingKey, checkpoint)).toMatch(/^chat-[0-9a-f]{6}$/);
      }),
    );
    const names = (["last", "best", 1, 2] as const).map((step) => deploymentNameFor("chat", "blueGreen", key, step));
    expect(new Set(names).size).toBe(4);
  });
});

const args: ModelDeploymentArgs = {
  account: {
    subscriptionId: "sub-1",
    resourceGroupName: "RG",
    location: "northcentralus",
    accountName: "acct",
    accountId: "account-id",
    path: "/subscriptions/sub-1/resourceGroups/RG/providers/Microsoft.CognitiveServices/accounts/acct",
  },
  model: { fineTunedModel: "gpt.ft-1", trainingKey: key },
  deploymentName: "chat",
  sku: "Standard",
  capacity: 1,
  probe: { systemMessage: "s", question: "q", maxTokens: 5, waitMinutes: 1 },
};

it("deploys the model under the name of its mode, and then asks it", async () => {
  const program = await mockProgram();
  const serving = new ModelDeployment("serving", args);
  expect(await valueOf(serving.deploymentName)).toBe("chat-abcdef");
  expect(await valueOf(serving.probe.answer)).toBe("A field of computer science.");
  await settled();
  const deployment = program.find("serving-deployment");
  expect(deployment.inputs).toEqual({
    resourceGroupName: "RG",
    accountName: "acct",
    deploymentName: "chat-abcdef",
    sku: { name: "Standard", capacity: 1 },
    properties: { model: { format: "OpenAI", name: "gpt.ft-1", version: "1" } },
  });
  const probe = program.find("serving-probe");
  expect(probe.order).toBeGreaterThan(deployment.order);
  expect(probe.inputs).toMatchObject({
    accountId: "account-id",
    deploymentName: "chat-abcdef",
    fineTunedModel: "gpt.ft-1",
    deployedAt: "2026-11-22T12:00:00Z",
    deploymentId: "serving-deployment-id",
    ...args.probe,
  });
});

it.each(["recreate", "inPlace"] as const)(
  "in %s the name is known before it is decided which model serves",
  async (mode) => {
    await mockProgram();
    let decide!: (trainingKey: string) => void;
    const trainingKey = new Promise<string>((resolve) => (decide = resolve));
    const serving = new ModelDeployment("serving", {
      ...args,
      model: { ...args.model, trainingKey },
      switch: mode,
    });
    expect(await valueOf(serving.deploymentName)).toBe("chat");
    decide(key);
    await settled();
  },
);

it("runs on where the deployment is left out, as `up --target` does", async () => {
  const program = await mockProgram({}, { Deployment: {} });
  new ModelDeployment("serving", args);
  await settled();
  expect(program.find("serving-probe").inputs).toMatchObject({ deployedAt: "" });
});

describe("the capacity of the deployment", () => {
  it("is waited for in recreate, where the new one comes after the old one has gone", async () => {
    const program = await mockProgram();
    const serving = new ModelDeployment("serving", { ...args, switch: "recreate" });
    expect(await valueOf(serving.deploymentName)).toBe("chat");
    await settled();
    const quota = program.find("serving-quota");
    expect(quota.inputs).toMatchObject({
      accountId: "account-id",
      location: "northcentralus",
      deploymentName: "chat",
      fineTunedModel: "gpt.ft-1",
      sku: "Standard",
      capacity: 1,
    });
    const deployment = program.find("serving-deployment");
    expect(deployment.inputs.deploymentName).toBe("chat");
    expect(deployment.order).toBeGreaterThan(quota.order);
    const preflight = program.find("serving-preflight");
    expect(preflight.inputs).toMatchObject({ deploymentName: "chat", fineTunedModel: "gpt.ft-1", capacity: 1 });
    expect(quota.order).toBeGreaterThan(preflight.order);
  });

  it.each(["blueGreen", "inPlace"] as const)("is no resource in %s", async (mode) => {
    const program = await mockProgram();
    new ModelDeployment("serving", { ...args, switch: mode });
    await settled();
    const names = program.registered.map(({ name }) => name);
    expect(names).not.toContain("serving-quota");
    expect(names).not.toContain("serving-preflight");
  });
});
