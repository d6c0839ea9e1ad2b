import { count } from "../../format/count";
import { Azure } from "../../azure-openai/azure";
import { systemClock } from "../../azure-openai/clock";
import { BlobStore } from "../../blob-storage/store";
import { catalogFrom } from "../../catalog";
import { usd } from "../../format/money";
import { readCases } from "../../evaluation/cases/read-cases";
import { evaluate } from "../../evaluation/evaluate";
import { DEFAULT_GRADER, readGrader } from "../../evaluation/graders/read-grader";
import { EvaluationRefusal } from "../../evaluation/refusal";
import type { RunProgress } from "../../evaluation/running/run-progress";
import { azureSettings } from "../../stack/azure-settings";
import { note, runCommand, UserError } from "../../stack/command";
import { Progress } from "../../stack/progress";
import { rehearsalFolder } from "../../stack/rehearsal/folder";
import { columnsOf } from "../../stack/terminal/wrap";
import { optionOf } from "./options";
import type { EvaluationPlan } from "./plan";
import { evaluationsFolder, resultsFile, writeResults } from "../../evaluation/results/results-file";
import { subjectsOf } from "./subjects";
import { evaluationOutput } from "../../evaluation/results/text";

/** Runs in a process of its own, which trusts what the target's cloud needs. Argument: an EvaluationPlan as JSON. */
runCommand(async ([argument]) => {
  try {
    return await run(JSON.parse(argument!) as EvaluationPlan);
  } catch (error) {
    if (error instanceof EvaluationRefusal) throw new UserError(error.message);
    throw error;
  }
});

async function run(plan: EvaluationPlan): Promise<number> {
  const { rule, maxUsd, maxTokens, concurrency } = plan;
  const catalog = catalogFrom(plan.catalogFile);
  const { grader, paths } = readGrader(plan.grader ?? DEFAULT_GRADER);
  const settings = azureSettings(plan.provider, process.env);
  // Once, and only when it is needed: a file that cannot be used needs no cloud.
  let connected: Promise<Azure> | undefined;
  const connect = () => (connected ??= Azure.connect(settings, { clock: systemClock, destroying: () => false }));
  const remote = new BlobStore(async () => (await connect()).storage());
  const cases = await readCases({ path: plan.cases, trainingFile: plan.trainingFile, paths, remote });
  if (plan.trainingFile === undefined) {
    note(
      "There is no training file to compare with, so the cases are not checked for overlap. Specify one with --training FILE.",
    );
  }
  const azure = await connect();
  const { subjects, judges } = await subjectsOf(plan, azure, catalog, grader);
  for (const { name, model } of subjects) note(`Model       ${name}: ${model}`);
  note(`Cases       ${cases.path}: ${count(cases.cases.length)}, graded by ${grader.title}`);
  if (azure.rehearsal) note("This is the rehearsal: nothing is charged; prices are Azure's.");

  const folder = evaluationsFolder(azure.rehearsal ? rehearsalFolder : undefined);
  const stop = new AbortController();
  process.on("SIGINT", () => stop.abort());
  const progress = new Progress();
  const onProgress = (now: RunProgress) => progress.show(progressLine(now), now.done / now.total);
  const evaluation = await evaluate({
    ...{ cases, grader, subjects, judges, rule, nameOf: optionOf, maxUsd, maxTokens, concurrency },
    ...{ rehearsal: azure.rehearsal, clock: systemClock, folder, onProgress, signal: stop.signal },
  });
  const { summary } = evaluation;
  progress.done(`${count(cases.cases.length * subjects.length)} answers graded`);
  const file = plan.out ?? resultsFile(folder, summary);
  writeResults(file, evaluation);
  note(`Full results, including all text: ${file}`);
  console.log(evaluationOutput(summary, { json: plan.json, columns: columnsOf(process.stdout) }));
  return summary.verdict.passed ? 0 : 1;
}

/** `Asking: 312 of 2,000 answers, 41 a second, $0.12` */
function progressLine({ done, total, perSecond, usd: spent }: RunProgress): string {
  const rate = perSecond >= 1 ? `${perSecond.toFixed(0)} a second` : `${(perSecond * 60).toFixed(0)} a minute`;
  const cost = spent === undefined ? "" : `, ${usd(spent)}`;
  return `Asking: ${count(done)} of ${count(total)} answers, ${rate}${cost}`;
}
