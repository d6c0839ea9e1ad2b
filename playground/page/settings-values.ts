import type { ReasoningEffort } from "../../azure-openai/chat-types";
import type { FewShotExample } from "../api";

/** What the setup panel holds: numbers as they are sent, the rest as it is typed, so that a draft survives a reload. */
export interface Settings {
  systemMessage: string;
  fewShot: FewShotExample[];
  /** Empty: the service's default. */
  temperature: number | undefined;
  topP: number | undefined;
  maxTokens: number | undefined;
  seed: number | undefined;
  frequencyPenalty: number | undefined;
  presencePenalty: number | undefined;
  /** One stop sequence a line. */
  stop: string;
  reasoningEffort: ReasoningEffort | undefined;
  format: "text" | "json_object" | "json_schema";
  /** JSON, of the format `json_schema`. */
  schema: string;
  /** JSON. */
  tools: string;
  /** Deployments that answer, one or two. */
  deployments: string[];
}

export const noSettings: Settings = {
  systemMessage: "",
  fewShot: [],
  temperature: undefined,
  topP: undefined,
  maxTokens: undefined,
  seed: undefined,
  frequencyPenalty: undefined,
  presencePenalty: undefined,
  stop: "",
  reasoningEffort: undefined,
  format: "text",
  schema: "",
  tools: "",
  deployments: [],
};
