import { accountWarnings } from "./account-warnings";
import { type Change, changesOf } from "./changes";
import { costSection } from "./cost";
import { deletedBy } from "./deleted";
import { withEvaluationPrices } from "./evaluation-price";
import { knownErrors, upFails } from "./known-error";
import { cell, list } from "./markdown";
import { type Pipeline, pipelineOf } from "./pipeline";
import { problemsOf } from "./problems";
import type { Preview } from "./read-preview";
import { reasonsToTrain } from "./reasons";
import { withoutSecrets } from "./secrets";
import { lostModel } from "./lost-model";
import { modelNames, modelsOf, type SplitSteps } from "./models";
import {
  type ModelFinding,
  severalErrors,
  severalPassing,
  severalReasons,
  severalVerdict,
  severalWarnings,
} from "./several";
import { servingWarnings } from "./serving-warnings";
import { type Verdict, verdictOf } from "./verdict";
import { warningsOf } from "./warnings";

/** GitHub takes comments up to 65,536 characters and cuts job summaries at 1 MiB; this leaves room for what others add. */
export const MAX_BYTES = 60_000;
/** Lines of the table that fit into the limit whatever they contain. */
const LISTED = 100;

export interface Summary {
  verdict: Verdict;
  /** Whether `up` is known to end with an error. */
  fails: boolean;
  markdown: string;
}

/** What a preview means, before it is formatted. */
export interface Findings {
  /** Absent if the preview ended before naming one. */
  stack?: string;
  verdict: Verdict;
  /** The verdict for people, with Markdown's `**` around its word. */
  line: string;
  pipeline: Pipeline;
  /** What becomes of each of several models; empty where there is one. */
  models: ModelFinding[];
  /** Whose costs count: none where `up` stops. */
  costed: Pipeline[];
  /** The moment from which dates are counted. */
  today: Date;
  /** Why it is blocked, sentences; empty for a preview that went through. */
  problems: string[];
  /** Why `up` ends with an error though it makes other changes, sentences; empty where it does not, as far as is known. */
  errors: string[];
  /** Why it trains, sentences. */
  reasons: string[];
  /** Sentences, the most important first. */
  warnings: string[];
  /** Those that apply only while `up` runs. */
  passing: string[];
}

/** @param today - date that retirement dates are compared with */
export function findingsOf(preview: Preview, today: Date): Findings {
  const pipeline = pipelineOf(preview.steps);
  const blocked = preview.errors.length > 0;
  const whole = verdictOf(pipeline, blocked);
  const split = modelsOf(preview.steps);
  if (split.models.length > 0 && !blocked && whole.verdict !== "destroys")
    return ofSeveral(pipeline, split, preview, today);
  const { verdict, line } = whole;
  return {
    stack: pipeline.all[0]?.stack,
    verdict,
    line,
    pipeline,
    models: [],
    costed:
      verdict === "blocked"
        ? []
        : withEvaluationPrices(split.models.length > 0 ? split.models : [pipeline], preview.messages),
    today,
    problems: blocked ? problemsOf(preview.errors, today, modelNames(preview.steps)) : [],
    errors: verdict === "blocked" ? [] : knownErrors(pipeline),
    reasons: blocked ? [] : reasonsToTrain(pipeline),
    // Where `up` stops, nothing comes of what they warn of.
    warnings: verdict === "blocked" ? [] : warningsOf(pipeline, today),
    passing:
      verdict === "blocked" ? [] : [...accountWarnings(pipeline), ...servingWarnings(pipeline), ...lostModel(pipeline)],
  };
}

function ofSeveral(pipeline: Pipeline, split: SplitSteps, { messages }: Preview, today: Date): Findings {
  const { verdict, line, findings } = severalVerdict(split);
  return {
    stack: pipeline.all[0]?.stack,
    verdict,
    line,
    pipeline,
    today,
    models: findings,
    costed: withEvaluationPrices(split.models, messages),
    problems: [],
    errors: severalErrors(split.models, findings),
    reasons: severalReasons(split.models),
    warnings: severalWarnings(split, findings, today),
    passing: severalPassing(split, findings),
  };
}

function deletedSections({ all }: Pipeline, today: Date): string[][] {
  const { deletes, keeps } = deletedBy(all, today);
  return [section("Permanently deleted", list(deletes)), section("Kept", list(keeps))];
}

/**
 * What a preview means, for people who decide about it: the verdict, why it trains, cost, changes and warnings. The same preview
 * on the same day gives the same text, byte for byte.
 *
 * @param today - date that retirement dates are compared with.
 */
export function summarize(preview: Preview, today: Date): Summary {
  const findings = findingsOf(preview, today);
  const { stack, verdict, line, pipeline, models, costed, problems, errors, reasons, warnings } = findings;
  const sections =
    preview.errors.length > 0
      ? [section("Why it is blocked", list(problems))]
      : [
          ...(verdict === "destroys" ? deletedSections(pipeline, today) : []),
          section("Why it trains", list(reasons)),
          costSection(costed),
          section("Changes", table(changesOf(pipeline.all))),
        ];
  const title = `## Fine-tuned model${stack ? `: stack \`${stack}\`` : ""}`;
  const each = section("Models", list(models.map((model) => `${model.name}: ${model.line}`)));
  const ends = errors.flatMap((error) => [`**Ends with an error.** ${error}`, ""]);
  const lines = [title, "", line, "", ...ends, ...each, ...section("Warnings", list(warnings)), ...sections.flat()];
  return { verdict, fails: upFails(findings), markdown: limited(withoutSecrets(lines.join("\n").trimEnd() + "\n")) };
}

function section(title: string, body: string[]): string[] {
  return body.length > 0 ? [`### ${title}`, "", ...body, ""] : [];
}

function table(changes: Change[]): string[] {
  if (changes.length === 0) return [];
  const rows = changes
    .slice(0, LISTED)
    .map(({ what, change, before, after }) => `| ${[what, change, before, after].map(cell).join(" | ")} |`);
  const more = changes.length > LISTED ? ["", `... and ${changes.length - LISTED} more lines.`] : [];
  return ["| What | Change | Before | After |", "| --- | --- | --- | --- |", ...rows, ...more];
}

/** Cut at the end of a line, below the limit. */
function limited(markdown: string): string {
  if (Buffer.byteLength(markdown) < MAX_BYTES) return markdown;
  const note = "\n\n... truncated; the full preview is in the job's log.\n";
  const head = Buffer.from(markdown)
    .subarray(0, MAX_BYTES - Buffer.byteLength(note) - 1)
    .toString("utf8");
  return head.slice(0, head.lastIndexOf("\n")) + note;
}
