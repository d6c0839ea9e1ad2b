import type { Method } from "../../catalog";
import { checkRow } from "../rules/row";
import { ruleDefaults } from "../rules/codes";

/** Errors that the rules find in a row, but for those of a model: whether it takes images is not known here. */
export function rowFaults(row: unknown, method: Method): string[] {
  const faults: string[] = [];
  const settings = { method, model: "", vision: true, maxImagesPerExample: Infinity, maxImageBytes: Infinity };
  checkRow(row, settings, (code, message) => {
    if (ruleDefaults[code] === "error") faults.push(message);
  });
  return faults;
}
