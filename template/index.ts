import * as pulumi from "@pulumi/pulumi";
import * as finetune from "azure-openai-finetune";

export = finetune.stackProgram(async () => {
  const config = new pulumi.Config();
  const subscriptionId = await finetune.currentSubscription();
  const account = new finetune.OpenAiAccount("openai", {
    subscriptionId,
    resourceGroupName: config.require("resourceGroupName"),
    location: config.require("location"),
    accountName: config.require("accountName"),
  });
  const access = [new finetune.RoleAssignments("roles", { account, ...(await finetune.roleHolders([])) })];

  const tutor = new finetune.FineTunedModel("tutor", {
    account,
    access,
    model: "gpt-4o-mini-2024-07-18",
    dataset: { training: "data/tutor.jsonl" },
  });
  const serving = new finetune.ModelDeployment("tutor", { account, access, model: tutor, deploymentName: "tutor" });

  return { endpoint: account.endpoint, deployment: serving.deploymentName, estimate: tutor.estimate };
});
