export type { EvaluationSettings } from "./evaluation";
export { ExistingAccount, type ExistingAccountArgs } from "./existing-account";
export { FineTunedModel, type DatasetStatistics, type FineTunedModelArgs } from "./fine-tuned-model";
export type { SwitchMode } from "../dynamic-providers/runtime/switch-modes";
export { ModelDeployment, type ModelDeploymentArgs } from "./model-deployment";
export { OpenAiAccount, type AccountReference, type NetworkArgs, type OpenAiAccountArgs } from "./openai-account";
export { PromotedModel, type PromotedModelArgs } from "./promoted-model";
export { RoleAssignments, type Principal, type RoleAssignmentsArgs } from "./role-assignments";
