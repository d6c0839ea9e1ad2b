import type {
  ChatImage,
  ChatMessage,
  ChatParameters,
  ChatTool,
  FilterFinding,
  FilterFindings,
  ReasoningEffort,
  ToolCall,
} from "../azure-openai/chat-types";
import type { ChatApi } from "../azure-openai/chat-api";
import type { InferenceRate } from "../catalog/catalog";
import type { RefusedParameter } from "../catalog/chat-parameters";

/** What the page and its server say to each other: JSON below /api, answers of the chat as one JSON object per line. */

/** `GET /api/setup`: what there is to talk to. */
export interface Setup {
  stack: string;
  account: string;
  location: string;
  /** Not Azure, but a rehearsal service on this machine. */
  rehearsal: boolean;
  deployments: DeploymentChoice[];
  /** Of the stack's register, newest first; empty where it has none yet. */
  versions: VersionChoice[];
  /** Deployments that are selected at first: the stack's own (the tuned model's, and the base model's where there is one), else the first. */
  selected: string[];
  systemMessage: string;
  fewShot: FewShotExample[];
  question: string;
  /** Folder in which examples are saved, as the person knows it. */
  saveFolder: string;
  /** File in it that the dialog names at first. */
  saveFile: string;
  /** For the code that can be copied: the address of each API, with or without a slash at the end. */
  endpoints: Record<ChatApi, string>;
  keyless: boolean;
}

export interface DeploymentChoice {
  name: string;
  /** Model that it serves, e.g. `gpt-4o-mini-2024-07-18.ft-...`. */
  model: string;
  kind: "fine-tuned" | "checkpoint" | "base";
  /** By which it is asked. */
  api: ChatApi;
  sku: string;
  /** Number of the version in the stack's register that it serves. */
  version?: number;
  /** An evaluation deployed it, and deletes it again. */
  temporary?: true;
  /** Whether this stack made it. */
  ownedByStack: boolean;
  /** USD per million tokens; absent when the catalog has no price. */
  rate?: InferenceRate;
  /** Parameters that its model refuses, by the catalog; they aren't sent to it. */
  refuses: RefusedParameter[];
  /** Values of `reasoning_effort` that its model takes, by the catalog; empty: it doesn't take the parameter. */
  reasoningEfforts: ReasoningEffort[];
  /** Whether its model takes images, by the catalog. */
  vision: boolean;
  /** `Succeeded` when it can answer. */
  state: string;
}

/** A kept version of the stack's model. */
export interface VersionChoice {
  version: number;
  /** `serving`, `kept`, or another word of the register. */
  status: string;
  /** Unix seconds; null: the service does not tell. */
  trainedAt: number | null;
  /** Name to deploy. */
  model: string;
  /** Verdict and figures of its evaluation in one line; absent where there was none. */
  evaluation?: string;
  /** Deployments of the account that serve it. */
  deployments: string[];
}

export interface FewShotExample {
  user: string;
  images?: ChatImage[];
  assistant: string;
}

/** `POST /api/chat`. */
export interface ChatCall extends ChatParameters {
  deployment: string;
  messages: ChatMessage[];
}

/** One line of the answer to `POST /api/chat`. The last is `end` or `error`. */
export type ChatLine = { type: "text"; text: string } | ({ type: "end" } & AnswerFacts) | ({ type: "error" } & Problem);

export interface AnswerFacts {
  model: string;
  finishReason?: string;
  /** From the request to the first piece, and to the last. */
  firstMs: number;
  totalMs: number;
  tokens?: { prompt: number; cached: number; completion: number };
  /** Without the deployment's hosting; absent when the catalog has no price. */
  usd?: number;
  toolCalls?: ToolCall[];
  filter?: FilterFindings;
}

/** Any refusal: a sentence for the person. */
export interface Problem {
  message: string;
  retryAfterSeconds?: number;
  /** What the content filter found in the prompt that it refused. */
  filter?: FilterFinding[];
}

/** `POST /api/examples`. */
export interface SaveCall {
  /** Below the save folder; ends in .jsonl. */
  file: string;
  messages: ChatMessage[];
  /** Tools that the model was offered. */
  tools?: ChatTool[];
}

export interface Saved {
  file: string;
  /** Examples in the file now. */
  examples: number;
  tokens: number;
  /** What the dataset check says besides: sentences. */
  notes: string[];
}
