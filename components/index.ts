export { FineTunedModel, type DatasetStatistics, type FineTunedModelArgs } from "./fine-tuned-model";
export { ModelDeployment, type ModelDeploymentArgs, type SwitchMode } from "./model-deployment";
export { OpenAiAccount, type AccountReference, type NetworkArgs, type OpenAiAccountArgs } from "./openai-account";
export { RoleAssignments, type Principal, type RoleAssignmentsArgs } from "./role-assignments";
