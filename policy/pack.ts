import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules";

new PolicyPack("azure-openai-finetune", {
  description: "Policies for a fine-tuned Azure OpenAI model: access, region, size, cost, retirement, production",
  enforcementLevel: "mandatory",
  policies: rules,
});
