import { expect, it } from "@jest/globals";
import { ExistingAccount, FineTunedModel, ModelDeployment, OpenAiAccount } from "../../components";
import { mockProgram, settled, valueOf } from "../support/mocked-program";

const names = { subscriptionId: "sub-1", resourceGroupName: "shared", accountName: "team" };
const path = "/subscriptions/sub-1/resourceGroups/shared/providers/Microsoft.CognitiveServices/accounts/team";
const functions = {
  "azure-native:cognitiveservices:getAccount": {
    location: "swedencentral",
    kind: "AIServices",
    properties: { customSubDomainName: "team", endpoint: "https://team.cognitiveservices.azure.com/" },
  },
};

async function run() {
  const program = await mockProgram(functions);
  const account = await ExistingAccount.find("openai", names);
  const model = new FineTunedModel("tutor", {
    account,
    model: "gpt-4.1-mini-2025-04-14",
    dataset: { training: "data/tutor.jsonl" },
  });
  const base = { name: "gpt-4.1-mini-base", model: "gpt-4.1-mini-2025-04-14", sku: "Standard", capacity: 1 };
  new ModelDeployment("tutor", { account, model, deploymentName: "tutor", switch: "recreate", baseModel: base });
  await settled();
  return { program, account };
}

it("registers what it read of the account, and nothing that would create, change or delete it", async () => {
  const { program, account } = await run();
  expect(program.find("openai-existing")).toMatchObject({
    type: "pulumi-nodejs:dynamic/finetune:ExistingAccount",
    inputs: { accountId: path, location: "swedencentral", kind: "AIServices", rolesManaged: false, readsKeys: false },
  });
  expect(program.registered.filter(({ type }) => /^azure-native:|AccountPurge/.test(type))).toEqual([]);
  expect(await valueOf(account.accountId)).toBe(path);
  expect(account).toMatchObject({ location: "swedencentral", kind: "AIServices", path });
});

it("what uses it says whose it is, and deploys in turn with others", async () => {
  const { program } = await run();
  const owner = "azure-openai-finetune/dev";
  for (const name of ["tutor-training-file", "tutor-job", "tutor-model", "tutor-probe", "tutor-preflight"])
    expect(program.find(name).inputs).toMatchObject({ accountId: path, owner });
  expect(program.find("tutor-training-file").inputs).not.toHaveProperty("accountPath");
  expect(program.find("tutor-cost").inputs).toMatchObject({ accountKind: "AIServices" });
  expect(program.find("tutor-deployment")).toMatchObject({
    type: "pulumi-nodejs:dynamic/finetune:SharedDeployment",
    inputs: {
      accountId: path,
      owner,
      deploymentName: "tutor",
      replaceOnModel: true,
      properties: { model: { name: "gpt.ft-1" } },
    },
  });
  expect(program.find("tutor-base-model")).toMatchObject({
    type: "pulumi-nodejs:dynamic/finetune:SharedDeployment",
    inputs: { owner, deploymentName: "gpt-4.1-mini-base" },
  });
});

it("in an account of the stack's own nobody is named, and the files know its name before it exists", async () => {
  const program = await mockProgram(functions);
  const account = new OpenAiAccount("openai", { ...names, location: "swedencentral" });
  new FineTunedModel("tutor", { account, model: "gpt-4.1-mini-2025-04-14", dataset: { training: "data/tutor.jsonl" } });
  await settled();
  expect(program.find("tutor-training-file").inputs).toMatchObject({ accountPath: path });
  for (const name of ["tutor-training-file", "tutor-job", "tutor-model"])
    expect(program.find(name).inputs).not.toHaveProperty("owner");
});
