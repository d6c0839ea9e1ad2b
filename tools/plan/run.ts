import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { changeLines } from "../preview-summary/change-lines";
import { previewOfEvents } from "../preview-summary/preview-events";
import { type Findings, findingsOf } from "../preview-summary/summary";
import { terminalSummary } from "../preview-summary/terminal";
import type { PulumiRun } from "../pulumi-cli/run";
import { readUpEvents } from "../up-events";
import { asCommand, commandKind, withFlags } from "./command-line";
import { ask } from "./question";
import { whyOffPlan } from "./off-plan";

/** What running a command needs from its environment; tests pass their own. */
export interface Surroundings {
  pulumi: (args: string[]) => Promise<PulumiRun>;
  /** Whether a person reads and can answer. */
  terminal: boolean;
  /** Writes one block of lines. */
  show: (text: string) => void;
  /** The answer to a question; undefined when the input ended or Ctrl-C was pressed. */
  ask: (question: string) => Promise<string | undefined>;
  today: () => Date;
}

export const thisTerminal = {
  terminal: process.stdin.isTTY === true && process.stdout.isTTY === true,
  show: (text: string) => void process.stdout.write(`${text}\n`),
  ask,
  today: () => new Date(),
};

/**
 * Runs a pulumi command. A preview ends with what it means: verdict, cost and warnings in a few lines, which a plan of a hundred lines
 * above doesn't push out of a short terminal. An `up` that would ask is previewed first, and asked below those lines; what then runs is
 * held to that preview by Pulumi's saved plan, so `up` stops if a file or setting has changed since.
 *
 * @returns pulumi's exit code; 1 if the question was not answered with yes
 */
export async function runWithSummary(args: string[], around: Surroundings): Promise<number> {
  const kind = commandKind(args, around.terminal);
  if (kind === "other") return (await around.pulumi(args)).code;
  // Plan and events hold inputs of the stack (secrets among them encrypted or left out): nobody else's business.
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-plan-"));
  try {
    const plan = path.join(folder, "plan.json");
    if (kind === "preview") return (await preview(args, folder, around)).code;
    const { code, findings } = await preview(
      withFlags(asCommand(args, "preview"), "--save-plan", plan),
      folder,
      around,
    );
    if (code !== 0) return code;
    if (!(await confirmed(findings, around))) {
      around.show("Nothing was changed.");
      return 1;
    }
    return await upByPlan(args, plan, folder, around);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function preview(
  args: string[],
  folder: string,
  { pulumi, show, today }: Surroundings,
): Promise<{ code: number; findings?: Findings }> {
  const events = path.join(folder, "preview.jsonl");
  const { code } = await pulumi(withFlags(args, "--event-log", events));
  const read = previewOfEvents(readUpEvents(events));
  // A command line that pulumi refuses, or a preview that was interrupted: it has said so, and there is nothing to sum up.
  if (read.steps.length === 0 && read.errors.length === 0) return { code };
  if (code !== 0 && read.errors.length === 0) return { code };
  const findings = findingsOf(read, today());
  show(terminalSummary(findings));
  return { code, findings };
}

async function confirmed(findings: Findings | undefined, { ask: answerTo, show }: Surroundings): Promise<boolean> {
  for (;;) {
    const answer = (await answerTo("Perform this update? (yes, no, details) "))?.trim().toLowerCase();
    if (answer === "yes") return true;
    if (answer === undefined || answer === "no") return false;
    if (answer === "details" && findings) show(changeLines(findings.pipeline.all));
    else show(`Answer yes, no or details${answer === "y" ? " (the whole word: an update may cost money)" : ""}.`);
  }
}

async function upByPlan(args: string[], plan: string, folder: string, { pulumi, show }: Surroundings): Promise<number> {
  const events = path.join(folder, "up.jsonl");
  const { code } = await pulumi(
    withFlags(asCommand(args, "up"), "--yes", "--skip-preview", "--plan", plan, "--event-log", events),
  );
  const off = code === 0 ? undefined : whyOffPlan(readUpEvents(events));
  if (off !== undefined) show(off);
  return code;
}
