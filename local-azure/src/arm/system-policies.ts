interface ContentFilter {
  name: string;
  enabled: boolean;
  blocking: boolean;
  source: "Prompt" | "Completion";
  severityThreshold?: "Medium";
}

/** Documented: the four categories at medium, of prompts and of answers. */
const HARM: ContentFilter[] = ["Hate", "Sexual", "Selfharm", "Violence"].flatMap((name) =>
  (["Prompt", "Completion"] as const).map((source) => {
    return { name, enabled: true, blocking: true, severityThreshold: "Medium" as const, source };
  }),
);

/** Documented: what the second version adds; code is annotated, not blocked. Names as in the specification's examples. */
const ADDED: ContentFilter[] = [
  { name: "Jailbreak", enabled: true, blocking: true, source: "Prompt" },
  { name: "Protected Material Text", enabled: true, blocking: true, source: "Completion" },
  { name: "Protected Material Code", enabled: true, blocking: false, source: "Completion" },
];

/** Content filters that each account has. That mode and list are exactly these is a guess. */
export const systemPolicies: Record<string, { mode: string; contentFilters: ContentFilter[] }> = {
  "Microsoft.Default": { mode: "Blocking", contentFilters: HARM },
  "Microsoft.DefaultV2": { mode: "Blocking", contentFilters: [...HARM, ...ADDED] },
};
