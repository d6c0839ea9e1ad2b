/** Invisible first line that identifies a text of ours, so that there is one per stack and purpose. */
export function markerOf(purpose: "preview" | "drift", stack: string): string {
  return `<!-- azure-openai-finetune ${purpose} ${stack.replace(/[^\w./-]/g, "_")} -->`;
}
