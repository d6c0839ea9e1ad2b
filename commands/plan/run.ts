import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AFTER_PREVIEW } from "../../dynamic-providers/dataset/previewed-tags";
import { changeLines } from "../preview-summary/change-lines";
import { heldAccounts } from "../preview-summary/deleted";
import { upFails } from "../preview-summary/known-error";
import { previewOfEvents } from "../preview-summary/preview-events";
import { type Findings, findingsOf } from "../preview-summary/summary";
import { terminalSummary } from "../preview-summary/terminal";
import type { RunOptions } from "../../stack/pulumi-cli/run";
import { columnsOf, wrap } from "../../stack/terminal/wrap";
import { type EngineEvent, readUpEvents } from "../../stack/up-events";
import { asCommand, type Commented, commented, withFlags, withoutFlag } from "./command-line";
import { destroyedSummary, doneSummary, outputLines } from "./done";
import type { NextCommands } from "./next-commands";
import { whyOffPlan } from "./off-plan";
import { nameDeployments } from "./own-deployments";
import { type Asking, requireNotPromoted, withPromotions } from "./promotions";
import { ask } from "./question";
import { rejectedSummary } from "./rejected-run";
import { unfinished } from "./unfinished";

/** What running a command needs from its environment; tests pass their own. */
export interface Surroundings extends Asking {
  /** Commands that the summaries name. */
  next: NextCommands;
  /** Whether a person reads and can answer. */
  terminal: boolean;
  /** Width of the terminal now; undefined where there is none. */
  columns: () => number | undefined;
  /** Writes one block of lines. */
  show: (text: string) => void;
  /** The answer to a question; undefined when the input ended or Ctrl-C was pressed. */
  ask: (question: string) => Promise<string | undefined>;
  today: () => Date;
}

export const thisTerminal = {
  terminal: process.stdin.isTTY === true && process.stdout.isTTY === true,
  columns: () => columnsOf(process.stdout),
  show: (text: string) => void process.stdout.write(`${text}\n`),
  ask,
  today: () => new Date(),
};

/**
 * Runs a pulumi command. A preview ends with what it means: verdict, cost and warnings in a few lines, which a plan of a hundred lines
 * above doesn't push out of a short terminal. An `up` or `destroy` that would ask is previewed first, and asked below those lines. What `up`
 * then does is held to that preview by Pulumi's saved plan, so it stops if a file or setting has changed since; `destroy` takes no plan. Both
 * end with what they did. The stack's outputs, ninety lines, are left out: the end names the few that matter.
 *
 * @throws UserError before a destroy that has to be refused
 * @returns pulumi's exit code; 1 if the question was not answered with yes, or if what was previewed is an `up` that is known to end with an error
 */
export async function runWithSummary(args: string[], around: Surroundings): Promise<number> {
  await requireNotPromoted(args, around);
  const kind = commented(args, around.terminal, around.env);
  if (!kind) return (await around.pulumi(args)).code;
  // Plan and events hold inputs of the stack (secrets among them encrypted or left out): nobody else's business.
  if (kind.command === "destroy") await nameDeployments(args, around);
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-plan-"));
  try {
    if (kind.command === "preview") {
      const { code, findings } = await preview(args, folder, around);
      // What is known to end an `up` with an error ends its preview with one: in a pipeline nobody reads a preview that succeeds.
      return code === 0 && findings && upFails(findings) ? 1 : code;
    }
    return await (kind.asks ? askThenRun(kind, args, folder, around) : run(kind, args, folder, around));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function askThenRun(
  { command }: Commented,
  args: string[],
  folder: string,
  around: Surroundings,
): Promise<number> {
  const plan = path.join(folder, "plan.json");
  const up = command === "up";
  const previewed = up
    ? withFlags(asCommand(args, "preview"), "--save-plan", plan)
    : withFlags(withoutFlag(args, "remove"), "--preview-only");
  const { code, findings } = await preview(previewed, folder, around, up ? "without plan message" : "show");
  if (code !== 0) return code;
  // An empty stack, or a program that is not the one that the summaries know: pulumi asks.
  if (!up && !findings) return (await around.pulumi(args)).code;
  if (!(await confirmed(`Perform this ${up ? "update" : "destroy"}?`, findings, around))) {
    around.show("Nothing was changed.");
    return 1;
  }
  // Datasets that changed since are refused before the plan is: it would name a property.
  if (up) around.env[AFTER_PREVIEW] = "true";
  const confirmedArgs = withFlags(args, "--yes", "--skip-preview", ...(up ? ["--plan", plan] : []));
  return run({ command, asks: false }, confirmedArgs, folder, around);
}

async function preview(
  args: string[],
  folder: string,
  around: Surroundings,
  output?: RunOptions["output"],
): Promise<{ code: number; findings?: Findings }> {
  const { show, today, columns, next } = around;
  const events = path.join(folder, "preview.jsonl");
  const { code } = await around.pulumi(withFlags(args, "--suppress-outputs", "--event-log", events), output);
  const read = await withPromotions(args, previewOfEvents(readUpEvents(events)), around);
  // A command line that pulumi refuses, or a preview that was interrupted: it has said so, and there is nothing to sum up.
  if (read.steps.length === 0 && read.errors.length === 0) return { code };
  if (code !== 0 && read.errors.length === 0) return { code };
  const findings = findingsOf(read, today());
  show(terminalSummary(findings, columns(), next.preview(findings.stack)));
  // What pulumi does not know stops it all the same.
  return { code: code === 0 && read.errors.length > 0 ? 1 : code, findings };
}

async function confirmed(
  question: string,
  findings: Findings | undefined,
  { ask: answerTo, show, columns }: Surroundings,
): Promise<boolean> {
  for (;;) {
    const answer = (await answerTo(`${question} (yes, no, details) `))?.trim().toLowerCase();
    if (answer === "yes") return true;
    if (answer === undefined || answer === "no" || answer === "n") return false;
    if (answer === "details" && findings) {
      show(wrap(changeLines(findings.pipeline.all), columns()));
    } else {
      const why =
        answer === "y" ? " (type the whole word, since this may cost money or delete what you have paid for)" : "";
      show(wrap(`Answer yes, no or details${why}.`, columns()));
    }
  }
}

/** Runs an `up` or a `destroy`, and sums up what it did. */
async function run({ command }: Commented, args: string[], folder: string, around: Surroundings): Promise<number> {
  const log = path.join(folder, "run.jsonl");
  const { code } = await around.pulumi(withFlags(args, "--suppress-outputs", "--event-log", log));
  const events = readUpEvents(log);
  const end = code === 0 ? summaryOf(command, events, around) : whyEnded(command, events, around.columns());
  if (end) around.show(end);
  return code;
}

function whyEnded(command: Commented["command"], events: EngineEvent[], columns: number | undefined): string {
  const offPlan = whyOffPlan(events);
  const rejected = command === "up" && offPlan === undefined ? rejectedSummary(events, columns) : undefined;
  return rejected ?? wrap(offPlan ?? unfinished(events).join("\n"), columns);
}

function summaryOf(command: Commented["command"], events: EngineEvent[], around: Surroundings): string {
  const { today, columns, next } = around;
  const read = previewOfEvents(events);
  if (read.steps.length === 0) return "";
  const findings = findingsOf({ ...read, errors: [] }, today());
  if (command === "destroy") {
    const held = heldAccounts(findings.pipeline.all, today());
    return destroyedSummary(findings, next.afterDestroy(findings.stack, held), columns());
  }
  const done = doneSummary(findings, columns(), next.preview(findings.stack));
  return [...(done === "" ? [] : [done]), ...outputLines(events, next.outputs(findings.stack), columns())].join("\n");
}
