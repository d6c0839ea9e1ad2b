/** What is assumed of a model and its deployment where nothing is said: the same for the stack's settings (config/groups.ts) and for a program of one's own. */
export const defaults = {
  method: "supervised",
  trainingType: "Standard",
  graderTrial: { enabled: true },
  training: { waitMinutes: 300, wait: true, retry: 0, paused: false },
  deploy: { enabled: true, sku: "Standard", capacity: 1, switch: "blueGreen", checkpoint: "last" },
  retain: { model: false, files: false, adopted: true, versions: 3 },
  evaluation: { against: ["serving"], confident: false },
  probe: {
    systemMessage: "The system is an AI teacher that helps people learn about AI",
    question: "What is artificial intelligence?",
    maxTokens: 200,
    waitMinutes: 30,
  },
} as const;

/** Defaults, and over them what is given; a field that is given as undefined keeps its default. */
export function withDefaults<Defaults extends object, Given extends { [Key in keyof Defaults]?: unknown }>(
  assumed: Defaults,
  given: Given | undefined,
): Omit<Given, keyof Defaults> & { [Key in keyof Defaults]: Defaults[Key] | Exclude<Given[Key], undefined> } {
  const said = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...assumed, ...Object.fromEntries(said) } as ReturnType<typeof withDefaults<Defaults, Given>>;
}
