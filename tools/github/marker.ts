/** Invisible first line by which a text of ours is found again, so that there is one per stack and purpose. */
export function markerOf(purpose: "preview" | "drift", stack: string): string {
  return `<!-- azure-openai-finetune ${purpose} ${stack.replace(/[^\w./-]/g, "_")} -->`;
}
