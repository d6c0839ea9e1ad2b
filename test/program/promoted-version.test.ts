import { describe, expect, it } from "@jest/globals";
import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import { chosen, promotedVersion } from "../../program/promoted-version";
import { mockProgram } from "../support/mocked-program";

const ACCOUNT = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/dev-ai";
const version = (number: number, status: ModelVersion["status"], more: Partial<ModelVersion> = {}): ModelVersion => ({
  ...{ version: number, status, jobId: `ftjob-${number}`, trainingKey: `k${number}`, fineTunedModel: `m-${number}` },
  ...{ checkpoint: "last", base: "gpt-4o-mini-2024-07-18", trainingSha256: "a", trainedAt: 1, adopted: false },
  ...more,
});
const evaluation = { passed: true, reasons: [], summary: "0.74 on 48 cases", key: "k", evaluatedAt: 2 };
const failed = { ...evaluation, passed: false, reasons: ["its mean score is 0.41, below `evaluation.minScore` 0.6"] };
const register = [
  version(3, "rejected", { evaluation: failed }),
  version(2, "serving", { evaluation, trainingExamples: 68 }),
  version(1, "kept"),
];

describe("the version that is promoted", () => {
  it.each([
    [undefined, 2],
    [1, 1],
    ["ftjob-2", 2],
  ])("%p is %d, with its lineage and evaluation", (asked, number) => {
    const found = chosen(register, { stack: "dev", version: asked }, ACCOUNT);
    const { version: _, status: _status, ...lineage } = register.find((one) => one.version === number)!;
    expect(found).toEqual({ ...lineage, promotedFrom: { stack: "dev", version: number, accountId: ACCOUNT } });
  });

  it("of a stack that has promoted it itself, is of the account that made it", () => {
    const promotedFrom = { stack: "dev", version: 7, accountId: ACCOUNT };
    const found = chosen([version(1, "serving", { promotedFrom })], { stack: "test" }, `${ACCOUNT}-test`);
    expect(found.promotedFrom).toEqual({ stack: "test", version: 1, accountId: ACCOUNT });
  });

  it.each<[string, ModelVersion[], number | undefined, string]>([
    [
      "a version that is gone",
      register,
      9,
      "promote.version is 9, but dev has no such version that can be deployed. Set it to one of these: 2 (ftjob-2, serving), 1 (ftjob-1), or remove it to deploy the version that dev currently has deployed.",
    ],
    [
      "one that did not pass",
      register,
      3,
      "promote.version is 3, but version 3 of dev did not pass: its mean score is 0.41, below `evaluation.minScore` 0.6. Set promote.version to a different version: 2 (ftjob-2, serving), 1 (ftjob-1).",
    ],
    [
      "a stack that serves none",
      [version(1, "kept")],
      undefined,
      'promote.stack is "dev", but that stack has no version deployed. Set promote.version to one of its other versions: 1 (ftjob-1).',
    ],
    [
      "one that did not pass, where none else can serve",
      [version(3, "rejected")],
      3,
      "promote.version is 3, but version 3 of dev did not pass: it was rejected there. None of the versions in dev can be deployed. Change that stack's data, settings or thresholds, then run `pulumi up` on it until a version passes.",
    ],
    [
      "a version that is gone, where none serves",
      [version(3, "rejected"), version(2, "kept")],
      9,
      "promote.version is 9, but dev has no such version that can be deployed. Set it to one of these: 2 (ftjob-2).",
    ],
    [
      "a stack whose versions were all rejected",
      [version(3, "rejected")],
      undefined,
      'promote.stack is "dev", but that stack has no version deployed. None of the versions in dev can be deployed.',
    ],
    [
      "a stack that has trained none",
      [],
      undefined,
      'promote.stack is "dev", but that stack has no versions yet. Run `pulumi up` on that stack to train the first one.',
    ],
  ])("is refused: %s", (_name, versions, asked, sentence) => {
    expect(() => chosen(versions, { stack: "dev", version: asked }, ACCOUNT)).toThrow(sentence);
  });
});

describe("the other stack", () => {
  const account = { subscriptionId: "s", resourceGroupName: "g", accountName: "dev-ai" };
  const reading = async (outputs: object, stack: string) => {
    const program = await mockProgram({}, { StackReference: { outputs } });
    return { program, found: await promotedVersion("finetune-source", { stack }) };
  };

  it.each([
    ["test", "organization/azure-openai-finetune/test"],
    ["contoso/tutor/dev", "contoso/tutor/dev"],
  ])("%s is read by its full name", async (stack, fullName) => {
    const { program, found } = await reading({ ...account, versions: register }, stack);
    expect(found).toMatchObject({ jobId: "ftjob-2", promotedFrom: { stack, accountId: ACCOUNT } });
    expect(program.find("finetune-source").inputs).toMatchObject({ name: fullName });
  });

  it.each([{}, account, { versions: register }])("without a register (outputs %j) is told of", async (outputs) => {
    await expect(reading(outputs, "test")).rejects.toThrow(
      /^promote\.stack is "test", but that stack has no list of versions.+Run `pulumi up` on it once/,
    );
  });

  it.each(["dev", "organization/azure-openai-finetune/dev"])("%s is not this one", async (stack) => {
    await expect(reading({}, stack)).rejects.toThrow(/^promote\.stack is ".*dev", but that is this stack itself/);
  });
});
