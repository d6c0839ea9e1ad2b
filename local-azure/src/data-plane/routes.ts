import type { App } from "../http/app";
import type { World } from "../world/world";
import { chatOperations } from "./chat/chat-operations";
import { embeddingsOperations } from "./embeddings/embeddings-operations";
import { sweepBlobs } from "../storage/blobs";
import { evalOperations } from "./evals/eval-operations";
import { evalRunOperations } from "./evals/run-operations";
import { fileOperations } from "./files/file-operations";
import { resumeImports } from "./files/import-file";
import { graderOperations } from "./graders/grader-operations";
import { jobOperations } from "./jobs/job-operations";
import { modelOperations } from "./model-operations";
import { mount } from "./mount";
import { responsesOperations } from "./responses/responses-operations";
import { sweepResponses } from "./responses/stored-responses";
import { trainByReward } from "./reinforcement/train-by-reward";
import { trainReinforcementBy } from "./training/training-run";
import { uploadOperations } from "./uploads/upload-operations";

/**
 * Serves the Azure OpenAI data plane of every account, in both flavours from one store: dated
 * (`/openai/...?api-version=`) and v1 (`/openai/v1/...`), at the root and below `/accounts/<subdomain>`.
 */
export function registerDataPlane(app: App, world: World): void {
  sweepBlobs(world);
  trainReinforcementBy(trainByReward);
  sweepResponses(world);
  resumeImports(world);
  for (const operation of [
    ...fileOperations,
    ...uploadOperations,
    ...jobOperations,
    ...graderOperations,
    ...evalOperations,
    ...evalRunOperations,
    ...modelOperations,
    ...chatOperations,
    ...responsesOperations,
    ...embeddingsOperations,
  ])
    mount(app, world, operation);
}
