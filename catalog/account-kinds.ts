/** The kinds of account that have a data plane of Azure OpenAI, where tuned models are trained and served. */
export const accountKinds = ["OpenAI", "AIServices"] as const;
export type AccountKind = (typeof accountKinds)[number];

/** The kind of a Foundry account (Microsoft Foundry, Azure AI services), which has every model that OpenAI's kind has, and others. */
export const FOUNDRY = "AIServices" satisfies AccountKind;

/** Whether accounts of this kind have a data plane of Azure OpenAI. */
export function hasOpenAi(kind: string): kind is AccountKind {
  return accountKinds.some((known) => known === kind);
}
