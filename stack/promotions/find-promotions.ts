import { readFileSync, writeFileSync } from "node:fs";
import { Azure } from "../../azure-openai/azure";
import type { AzureSettings } from "../../azure-openai/settings";
import { systemClock } from "../../azure-openai/clock";
import {
  type GoingModels,
  NOTHING_DELETED,
  promotionRefusal,
} from "../../dynamic-providers/promoted-version/refuse-promoted";
import { runCommand } from "../command";

/** Models that are to be deleted, and who asks. */
export interface Question {
  settings: AzureSettings;
  going: GoingModels[];
}

export interface Answer {
  /** Why they must not be deleted, in sentences; absent: nobody else serves them. */
  refusal?: string;
}

/**
 * Runs in its own process, which trusts the certificates that the target's cloud needs: reads a Question (first argument), asks which of these models
 * other accounts serve, and writes an Answer (second argument).
 */
runCommand(async ([questionFile, answerFile]) => {
  const { settings, going } = JSON.parse(readFileSync(questionFile!, "utf8")) as Question;
  let azure: Promise<Azure> | undefined;
  const connected = () => (azure ??= Azure.connect(settings, { clock: systemClock, destroying: () => false }));
  const answer: Answer = { refusal: await promotionRefusal({ azure: connected }, going, NOTHING_DELETED) };
  writeFileSync(answerFile!, JSON.stringify(answer), { mode: 0o600 });
  return 0;
});
