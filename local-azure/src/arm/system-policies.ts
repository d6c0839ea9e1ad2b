interface ContentFilter {
  name: string;
  enabled: boolean;
  blocking: boolean;
  source: "Prompt" | "Completion";
  severityThreshold?: "Medium";
}

/** Documented (default safety policies) and recorded: the four categories at medium, of prompts and of answers. */
const HARM: ContentFilter[] = ["Hate", "Sexual", "Selfharm", "Violence"].flatMap((name) =>
  (["Prompt", "Completion"] as const).map((source) => {
    return { name, enabled: true, blocking: true, severityThreshold: "Medium" as const, source };
  }),
);

/** What the second version adds, as one account listed it in August 2026: code is annotated, not blocked. */
const ADDED: ContentFilter[] = [
  { name: "Jailbreak", enabled: true, blocking: true, source: "Prompt" },
  { name: "Protected Material Text", enabled: true, blocking: true, source: "Completion" },
  { name: "Protected Material Code", enabled: true, blocking: false, source: "Completion" },
];

/** Content filters that each account has. The list of Microsoft.Default and both modes are guesses. */
export const systemPolicies: Record<string, { mode: string; contentFilters: ContentFilter[] }> = {
  "Microsoft.Default": { mode: "Blocking", contentFilters: HARM },
  "Microsoft.DefaultV2": { mode: "Blocking", contentFilters: [...HARM, ...ADDED] },
};
