/** What `import ... from "azure-openai-finetune"` gives a Pulumi program of one's own. */
import { HANDLERS_MODULE, loadHandlersFrom } from "../dynamic-providers/runtime/late-bound";

loadHandlersFrom(HANDLERS_MODULE);

export * from "../components";
export { AccountKeys } from "../dynamic-providers/account-keys/resource";
export { CostEstimate } from "../dynamic-providers/cost-estimate/resource";
export { Dataset } from "../dynamic-providers/dataset/resource";
export { FineTuningJob } from "../dynamic-providers/fine-tuning-job/resource";
export { ModelVersions } from "../dynamic-providers/model-versions/resource";
export { PromotedVersion } from "../dynamic-providers/promoted-version/resource";
export { ReleaseGate } from "../dynamic-providers/release-gate/resource";
export { TrainedModel } from "../dynamic-providers/trained-model/resource";
export { TrainingFile } from "../dynamic-providers/training-file/resource";
export { ChatProbe } from "../dynamic-providers/chat-probe/resource";
export { currentPrincipal, currentSubscription, requireResourceGroup, roleHolders } from "../program/signed-in";
export { stackProgram } from "../program/stack-program";
