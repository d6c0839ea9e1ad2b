import { readFile } from "node:fs/promises";
import { z } from "zod";
import { systemError } from "../../azure-openai/system-error";
import { EvaluationRefusal } from "../refusal";
import type { Evaluation } from "../result";

const interval = z.object({ mean: z.number(), low: z.number(), high: z.number() });
const whole = z.number().int().nonnegative();
const name = z.string().min(1);

const model = z.object({
  ...{ name, model: name, score: interval, refused: whole, unfinished: whole, ungraded: whole, asked: whole },
  tokens: z.object({ prompt: whole, completion: whole }),
  usd: z.number().optional(),
});

const comparison = z.object({
  ...{ against: name, difference: interval, wins: whole, ties: whole, losses: whole, regressions: interval },
});

const check = z.object({
  rule: z.enum(["minScore", "minGain", "maxRegressions"]),
  against: z.string().optional(),
  ...{ bound: z.number(), value: z.number(), passed: z.boolean() },
});

const summary = z.object({
  version: z.literal(1),
  rehearsal: z.literal(true).optional(),
  cases: z.object({ sha256: z.string(), count: whole }),
  grader: z.object({ title: z.string(), sha256: z.string(), width: z.number().optional() }),
  models: z.array(model).min(1),
  comparisons: z.array(comparison),
  verdict: z.object({ passed: z.boolean(), checks: z.array(check) }),
  warnings: z.array(z.string()),
  spentUsd: z.number().optional(),
});

const answer = z.object({
  ...{ text: z.string(), score: z.number(), parts: z.record(z.string(), z.number()).optional() },
  problem: z.string().optional(),
});

const evaluatedCase = z.object({
  line: whole,
  messages: z.array(z.looseObject({ role: z.string() })),
  reference: z.string().optional(),
  answers: z.array(answer),
});

const results = z.object({ summary, cases: z.array(evaluatedCase) });

/**
 * Reads a results file of an evaluation.
 *
 * @throws EvaluationRefusal for a file that is not there, is none, or contradicts itself: where, never with text of a case or an answer
 */
export async function readResults(file: string): Promise<Evaluation> {
  const content = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new EvaluationRefusal(systemError(error, file) ?? cannotRead(file, error));
  });
  const found = results.safeParse(parsed(content));
  if (!found.success) throw notResults(file, wrongPlace(found.error));
  const { summary: figures, cases } = found.data;
  const { length } = figures.models;
  if (figures.comparisons.length !== length - 1)
    throw notResults(file, `it has ${length} models and ${figures.comparisons.length} comparisons`);
  const odd = cases.find(({ answers }) => answers.length !== length);
  if (odd) {
    throw notResults(
      file,
      `the case on line ${odd.line} has ${odd.answers.length} answers, but there are ${length} models`,
    );
  }
  return found.data as Evaluation;
}

function cannotRead(file: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return `There is no file ${file}. \`npm run evaluate -- --out FILE\` writes one.`;
  return code === "EISDIR" ? `${file} is a folder; expected a file.` : `${file} can't be read (${code ?? message}).`;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    // Not the parser's words: they quote the file.
    return undefined;
  }
}

/** The first place at fault, e.g. `summary.models.0.score`; nothing of what stands there. */
function wrongPlace({ issues: [first] }: z.ZodError): string {
  const place = first?.path.join(".") ?? "";
  return place === "" ? "it is not a JSON object" : `its '${place}' is missing or malformed`;
}

function notResults(file: string, why: string): EvaluationRefusal {
  return new EvaluationRefusal(
    `${file} is not an evaluation results file: ${why}. Expected a file written by \`npm run evaluate -- --out FILE\`.`,
  );
}
