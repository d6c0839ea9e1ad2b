import { renameSync, writeFileSync } from "node:fs";

/** Writes a file as a whole: who reads it meanwhile, or after the process has died, finds the old text or the new one. @param mode - permissions */
export function replaceFile(file: string, text: string, mode: number): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text, { mode });
  renameSync(unfinished, file);
}
