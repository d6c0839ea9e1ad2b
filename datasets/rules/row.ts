import { checkChatRow } from "./chat-row";
import { checkPreferenceRow } from "./preference-row";
import type { RowShape } from "../shapes/row-shape";
import { formatNames, foreignShapeOf } from "../shapes/row-shapes";
import { checkReinforcementRow } from "./reinforcement-row";
import type { RuleCode } from "./codes";
import { isObject, type JsonObject, kindOf, type Report, type RowSettings } from "./row-rules";

const checks = { supervised: checkChatRow, dpo: checkPreferenceRow, reinforcement: checkReinforcementRow };

/** Checks a parsed row against the format of the method. */
export function checkRow(row: unknown, settings: RowSettings, report: Report): void {
  if (!isObject(row)) {
    const hint = Array.isArray(row) ? " If the file is one JSON array, put each item on its own line." : "";
    report("not-an-object", `The line is ${kindOf(row)}, not an object like {"messages": [...]}.${hint}`);
    return;
  }
  const foreign = foreignShapeOf(row, settings.method);
  if (foreign) return checkForeignRow(row, foreign, settings, report);
  checks[settings.method](row, settings, report);
}

/** A row of another format among those of the method: its faults, and once what it is and what goes where. */
function checkForeignRow(row: JsonObject, { title, mapping }: RowShape, settings: RowSettings, report: Report): void {
  const findings: [code: RuleCode, message: string][] = [];
  checks[settings.method](row, settings, (code, message) => findings.push([code, message]));
  const explained = findings.find(([code]) => code === "missing-key") ?? findings[0];
  for (const finding of findings) {
    const [code, message] = finding;
    const more = `The row is in ${title}, not in the ${formatNames[settings.method]}. What goes where: ${mapping}.`;
    report(code, finding === explained ? `${message} ${more}` : message);
  }
}
