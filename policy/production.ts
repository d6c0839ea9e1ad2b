/** Setting that the rules about production share. */
export interface ProductionSettings {
  /** Names of the production stacks; `*` at the end matches anything. @default ["prod", "production"] */
  stacks?: string[];
}

export const productionSchema = {
  stacks: { type: "array" as const, items: { type: "string" as const }, default: ["prod", "production"] },
};

export function isProduction(stack: string, { stacks = ["prod", "production"] }: ProductionSettings): boolean {
  return stacks.some((name) => (name.endsWith("*") ? stack.startsWith(name.slice(0, -1)) : stack === name));
}
