/** Kinds of accounts that have a data plane of Azure OpenAI, where tuned models are trained and served. */
export const OPENAI_KINDS: readonly string[] = ["OpenAI", "AIServices"];
