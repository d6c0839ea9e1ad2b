import { readFileSync } from "node:fs";
import path from "node:path";

/** Previews of the real program, recorded by record-previews.ts. */
export const previewNames = [
  "first",
  "no-change",
  "data-change",
  "model-change",
  "budget-blown",
  "deployment-change",
  "gate-missed",
  "deployment-lost",
  "two-models",
] as const;
export type PreviewName = (typeof previewNames)[number];

export function previewFile(name: PreviewName): string {
  return path.join(__dirname, "previews", `${name}.json`);
}

export function recorded(name: PreviewName): string {
  return readFileSync(previewFile(name), "utf8");
}
