import type { CaseFile } from "./cases/case";
import type { Grader } from "../graders/grader";
import type { EvaluatedCase, Evaluation, ModelFigures } from "./result";
import type { Askers } from "./running/askers";
import type { GradedAnswer } from "./running/evaluate-case";
import { keyOf } from "./running/journal";
import type { Subject } from "./running/subject";
import { bootstrapMean } from "./statistics/bootstrap";
import { compare } from "./statistics/compare";
import { judge, type Rule } from "./statistics/rule";
import { warningsOf } from "./warnings";

/** What a run has gathered. */
export interface Gathered {
  cases: CaseFile;
  grader: Grader;
  subjects: readonly Subject[];
  rule: Rule;
  rehearsal: boolean;
  /** A row per case, a column per subject. */
  rows: readonly (readonly GradedAnswer[])[];
  askers: Askers;
}

/** The figures of a run, the same for the same answers. */
export function summarize({ cases, grader, subjects, rule, rehearsal, rows, askers }: Gathered): Evaluation {
  const scoresOf = (column: number) => rows.map((row) => row[column]!.grade.score);
  const models = subjects.map((subject, column) =>
    figuresOf(
      subject,
      rows.map((row) => row[column]!),
      askers,
    ),
  );
  const width = grader.range.most - grader.range.least;
  const comparisons = subjects
    .slice(1)
    .map(({ name }, index) => compare(name, scoresOf(0), scoresOf(index + 1), width));
  const verdict = judge(rule, models[0]!.score, comparisons);
  return {
    summary: {
      version: 1,
      ...(rehearsal && { rehearsal }),
      cases: { sha256: cases.sha256, count: cases.cases.length },
      grader: { title: grader.title, sha256: keyOf(grader.spec), ...(Number.isFinite(width) ? { width } : {}) },
      ...{ models, comparisons, verdict },
      warnings: warningsOf(cases.cases, grader, models),
      ...(askers.priced ? { spentUsd: askers.spentUsd } : {}),
    },
    cases: cases.cases.map(({ line, messages, reference }, row): EvaluatedCase => {
      return { line, messages, ...(reference === undefined ? {} : { reference }), answers: rows[row]!.map(answerOf) };
    }),
  };
}

function answerOf({ kept, grade }: GradedAnswer): EvaluatedCase["answers"][number] {
  const { score, parts } = grade;
  const problem = kept.refused ?? grade.problem;
  return { text: kept.text, score, ...(parts ? { parts } : {}), ...(problem ? { problem } : {}) };
}

function figuresOf(subject: Subject, answers: readonly GradedAnswer[], askers: Askers): ModelFigures {
  const asker = askers.of(subject);
  const count = (holds: (answer: GradedAnswer) => boolean) => answers.filter(holds).length;
  const sum = (of: (answer: GradedAnswer) => number) => answers.reduce((total, answer) => total + of(answer), 0);
  return {
    name: subject.name,
    model: subject.model,
    score: bootstrapMean(answers.map(({ grade }) => grade.score)),
    refused: count(({ kept }) => kept.refused !== undefined),
    unfinished: count(({ kept }) => kept.finishReason === "length" || kept.finishReason === "content_filter"),
    ungraded: count(({ grade }) => grade.problem !== undefined),
    tokens: {
      prompt: sum(({ kept }) => kept.tokens?.prompt ?? 0),
      completion: sum(({ kept }) => kept.tokens?.completion ?? 0),
    },
    ...(subject.rate ? { usd: sum(({ kept }) => asker.costOf(kept)) } : {}),
    asked: asker.asked,
  };
}
