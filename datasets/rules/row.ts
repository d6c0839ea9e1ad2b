import { checkChatRow } from "./chat-row";
import { checkPreferenceRow } from "./preference-row";
import { checkReinforcementRow } from "./reinforcement-row";
import { isObject, kindOf, type Report, type RowSettings } from "./row-rules";

const checks = { supervised: checkChatRow, dpo: checkPreferenceRow, reinforcement: checkReinforcementRow };

/** Checks a parsed row against the format of the method. */
export function checkRow(row: unknown, settings: RowSettings, report: Report): void {
  if (!isObject(row)) {
    const hint = Array.isArray(row)
      ? " If the file is one JSON array, write each of its items on a line of its own."
      : "";
    report("not-an-object", `The line holds ${kindOf(row)}, not an object like {"messages": [...]}.${hint}`);
    return;
  }
  checks[settings.method](row, settings, report);
}
