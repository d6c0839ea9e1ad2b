import type { Chat } from "../../azure-openai/chat";
import type { InferenceRate } from "../../catalog";

/** A deployment that is asked. */
export interface Subject {
  /** For tables, e.g. the deployment's name. */
  name: string;
  /**
   * What answers: the name of a tuned model, `<name>@<version>` of a base model. Answers are kept under it, and used again wherever the same
   * model is deployed.
   */
  model: string;
  deploymentName: string;
  chat: Pick<Chat, "complete">;
  /** Whether the model takes temperature and seed. Default true; where that is wrong, the service's refusal corrects it. */
  sampled?: boolean;
  /** USD per million tokens; zeros where tokens are not billed. Absent: not known. */
  rate?: InferenceRate;
}
