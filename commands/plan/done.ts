import { counted } from "../../format/count";
import pc from "picocolors";
import type { Findings } from "../preview-summary/summary";
import { modelsOf } from "../preview-summary/models";
import { newNames } from "../preview-summary/serving-warnings";
import { details, labelled } from "../preview-summary/terminal";
import type { Verdict } from "../preview-summary/verdict";
import { passedWith, promotes, restores, returnsTo } from "../preview-summary/versions";
import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import type { PromotableVersion } from "../../dynamic-providers/promoted-version/schema";
import { wrap } from "../../stack/terminal/wrap";
import type { EngineEvent } from "../../stack/up-events";

const sentences: Partial<Record<Verdict, string>> = {
  trains: "This run trained the model.",
  retrains: "This run trained the model again.",
  waits: "This run trained nothing new: it waited for the existing job.",
  redeploys: "This run trained nothing: it deployed an existing model.",
  changes: "This run trained nothing: it changed settings.",
  rejected: "This run changed nothing: the newest model did not pass its evaluation.",
  none: "This run trained nothing and changed nothing.",
};

const pasts: Partial<Record<Verdict, string>> = {
  trains: "was trained",
  retrains: "was trained again",
  waits: "was waited for",
  redeploys: "was deployed from an existing model",
  changes: "has other settings",
  rejected: "did not pass its evaluation",
  none: "did not change",
};

function sentenceOf({ verdict, pipeline }: Findings): string | undefined {
  const promoted = verdict === "redeploys" ? promotes(pipeline) : undefined;
  const version = promoted ? undefined : returnedTo(verdict, pipeline);
  if (version) {
    const there = verdict === "changes" ? ", which was already deployed" : "";
    return `This run trained nothing: it returned to version ${version.version} (${version.fineTunedModel})${there}.`;
  }
  const sentence = promoted ? promotionSentence(promoted) : sentences[verdict];
  const figures =
    verdict === "none" || verdict === "changes"
      ? undefined
      : passedWith(pipeline, verdict === "redeploys" ? "serving" : "candidate");
  return sentence === undefined || figures === undefined
    ? sentence
    : `${sentence} It passed its evaluation: ${figures}.`;
}

/** The earlier version that was deployed again, or that had gone on serving. */
function returnedTo(verdict: Verdict, pipeline: Findings["pipeline"]): ModelVersion | undefined {
  if (verdict === "redeploys") return returnsTo(pipeline) ?? restores(pipeline);
  return verdict === "changes" ? restores(pipeline) : undefined;
}

function promotionSentence({ promotedFrom, fineTunedModel }: PromotableVersion): string {
  return `This run trained nothing: it promoted version ${promotedFrom.version} of ${promotedFrom.stack} (${fineTunedModel}).`;
}

/** `This run: critic was trained again; tutor did not change.` */
function sentenceOfSeveral(models: Findings["models"]): string {
  const each = models.map(
    ({ name, verdict, removed }) => `${name} ${removed ? "was removed" : (pasts[verdict] ?? "")}`,
  );
  return `This run: ${each.join("; ")}.`;
}

/**
 * What an `up` that has succeeded did, in a few lines: whether it trained, why, what that costs on Azure, and what to know about it.
 *
 * @param columns - width of the terminal; undefined where there is none
 * @param preview - the command that previews the stack. Default: that of a stack on Azure
 */
export function doneSummary(findings: Findings, columns?: number, preview?: string): string {
  const sentence = findings.models.length > 0 ? sentenceOfSeveral(findings.models) : sentenceOf(findings);
  if (sentence === undefined) return "";
  const pipelines = findings.models.length > 0 ? modelsOf(findings.pipeline.all).models : [findings.pipeline];
  const warnings = [
    ...pipelines.flatMap(newNames),
    ...findings.warnings.filter((warning) => !findings.passing.includes(warning)),
  ];
  return [
    pc.bold(wrap(sentence, columns)),
    ...details({ ...findings, warnings }, { columns, where: "on Azure: ", preview }),
  ].join("\n");
}

/** What a client needs of the stack's outputs; the others are some ninety lines. */
const TELLING: [output: string, label: string][] = [
  ["AZURE_OPENAI_ENDPOINT", "endpoint"],
  ["AZURE_OPENAI_DEPLOYMENT", "deploys"],
  ["fineTunedModel", "model"],
];

/** The outputs that matter, and the command for all of them. @param command - e.g. `pulumi stack output` */
export function outputLines(events: EngineEvent[], command: string, columns?: number): string[] {
  const stack = events.findLast(({ resOutputsEvent }) => resOutputsEvent?.metadata.type === "pulumi:pulumi:Stack");
  const outputs = stack?.resOutputsEvent?.metadata.new?.outputs ?? {};
  const lines = TELLING.flatMap(([name, label]) => {
    const value = outputs[name];
    return typeof value === "string" ? labelled(label, [value], { columns }) : [];
  });
  return lines.length === 0 ? [] : [...lines, ...labelled("outputs", [command], { columns, color: pc.dim })];
}

/**
 * What a `destroy` that has succeeded deleted and left, and what to do next.
 *
 * @param next - sentences
 */
export function destroyedSummary(findings: Findings, next: string[], columns?: number): string {
  const count = findings.pipeline.all.filter(({ operation }) => operation === "delete").length;
  return [
    "",
    pc.bold(`Deleted ${counted(count, "resource")}.`),
    ...details(findings, { columns, over: true }),
    ...(findings.verdict === "destroys" ? labelled("next", next, { columns }) : []),
  ].join("\n");
}
