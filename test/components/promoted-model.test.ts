import { describe, expect, it } from "@jest/globals";
import { ModelDeployment } from "../../components/model-deployment";
import { PromotedModel, type PromotedModelArgs } from "../../components/promoted-model";
import type { PromotableVersion } from "../../dynamic-providers/promoted-version/schema";
import { mockProgram, settled, valueOf, type MockedProgram } from "../support/mocked-program";

const SOURCE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/dev-ai";
const there = { passed: true, reasons: [], summary: "0.74 on 48 cases", key: "k", evaluatedAt: 1 };
const here = { passed: false, reasons: ["it is worse"], summary: "0.41 on 9 cases", key: "h", evaluatedAt: 2 };
const version: PromotableVersion = {
  ...{ jobId: "ftjob-2", trainingKey: "abcdef0123456789", fineTunedModel: "gpt.ft-2", checkpoint: "last" as const },
  ...{ base: "gpt-4o-mini-2024-07-18", trainingSha256: "5a".repeat(32), trainedAt: 1, adopted: false },
  promotedFrom: { stack: "dev", version: 5, accountId: SOURCE },
  evaluation: there,
};
const account = {
  ...{ accountId: "account-id", path: "account-path", location: "swedencentral", endpoint: "https://x" },
  ...{ accountName: "prod-ai", resourceGroupName: "g", existing: false, kind: "OpenAI" },
} as unknown as PromotedModelArgs["account"] & ConstructorParameters<typeof ModelDeployment>[1]["account"];
const evaluation = { cases: "cases.jsonl", minGain: 0, maxUsd: 5, waitMinutes: 7 };

async function registered(changes: Partial<PromotedModelArgs> = {}): Promise<{
  program: MockedProgram;
  model: PromotedModel;
}> {
  const program = await mockProgram({}, { Evaluation: { ...here, model: "gpt.ft-2" } });
  const deploy = { name: "tutor", sku: "GlobalStandard", raiPolicyName: "strict" };
  const model = new PromotedModel("tutor", { account, from: { stack: "dev" }, deploy, ...changes }, version);
  const serving = new ModelDeployment("tutor", { account, model, deploymentName: "tutor" });
  await valueOf(serving.deploymentName);
  await settled();
  return { program, model };
}

const kinds = ({ registered: all }: MockedProgram) => all.map(({ type }) => type.split(":").at(-1));

describe("with `evaluation`", () => {
  it("the version is evaluated on its own account's model, before the register, and the gate comes last", async () => {
    const { program, model } = await registered({ evaluation });
    const { __provider: _, ...inputs } = program.find("tutor-evaluation").inputs;
    expect(inputs).toEqual({
      ...{ accountId: "account-id", accountPath: "account-path", location: "swedencentral", job: "tutor-job" },
      ...{ project: "azure-openai-finetune", stack: "dev", baseModel: version.base, cases: "cases.jsonl" },
      ...{ candidate: "gpt.ft-2", trainingKey: "abcdef0123456789", sourceAccount: SOURCE },
      ...{ against: ["serving"], rule: { minGain: 0 }, maxUsd: 5, waitMinutes: 7, rolesManaged: false },
      deployment: { name: "tutor", sku: "GlobalStandard", raiPolicyName: "strict" },
    });
    const order = kinds(program);
    const ranks = ["PromotedVersion", "Evaluation", "ModelVersions", "Deployment", "ReleaseGate"].map((kind) =>
      order.indexOf(kind),
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(ranks[0]).toBeGreaterThan(-1);
    expect(await valueOf(model.evaluation!.summary)).toBe(here.summary);
  });

  it("the register judges by what was found here, not by what the other stack had found", async () => {
    const { program } = await registered({ evaluation });
    expect(program.find("tutor-versions").inputs["evaluation"]).toEqual(here);
  });

  it("what an interrupted evaluation may leave is known by a resource that comes before it", async () => {
    const { program } = await registered({ evaluation });
    expect(program.find("tutor-promoted").inputs["evaluatedBy"]).toEqual({
      ...{ project: "azure-openai-finetune", stack: "dev", job: "tutor-job" },
    });
  });

  it("nothing is evaluated where nothing is deployed", async () => {
    const { program, model } = await registered({ evaluation, deploy: { enabled: false } });
    expect(kinds(program)).not.toContain("Evaluation");
    expect(model.rejected).toBeUndefined();
  });

  it("cases are needed", async () => {
    await expect(registered({ evaluation: { minGain: 0 } })).rejects.toThrow(/^evaluation\.cases is missing/);
  });
});

it("without it all is as it was: the other stack's verdict in the register, and no gate", async () => {
  const { program, model } = await registered();
  expect(kinds(program)).not.toContain("Evaluation");
  expect(kinds(program)).not.toContain("ReleaseGate");
  expect(program.find("tutor-versions").inputs["evaluation"]).toEqual(there);
  expect(program.find("tutor-promoted").inputs).not.toHaveProperty("evaluatedBy");
  expect([model.evaluation, model.rejected]).toEqual([undefined, undefined]);
});
