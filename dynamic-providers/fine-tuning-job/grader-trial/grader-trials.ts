import type { DataPlane } from "../../../azure-openai/data-plane";
import { AzureFailure } from "../../../azure-openai/failure";
import { messageOf } from "../../../azure-openai/message-of";
import { graderModels } from "../../../catalog";
import type { Context } from "../../runtime/context";
import { dataPlaneIfAny } from "../../runtime/data-plane";
import type { Say } from "../../runtime/say";
import { hasUnknown, isUnknown } from "../../runtime/unknown";
import type { FineTuningJobInputs } from "../schema";
import { gradesHere, whyNotHere } from "./grade-here";
import { type SampleAnswer, sampleAnswers } from "./sample-answers";
import { type SampleRow, sampleRows } from "./sample-rows";
import { isServiceError, type TrialGrade, trialObjections } from "./trial-verdict";

/** Rows that are tried where nothing is said; a model that grades bills its tokens, so it gets fewer. */
const ROWS = 3;
const ROWS_OF_JUDGES = 1;

interface Trial {
  grader: Record<string, unknown>;
  path: string;
  tries: { row: SampleRow; answers: SampleAnswer[] }[];
  say: Say;
}

/**
 * Tries the grader of a reinforcement job on a few answers to the first rows, before the job is paid: by the service, or here where there is no
 * account yet or it has no graders API. What can't be tried is said, and stops nothing.
 */
export class GraderTrials {
  /** A run checks a job more than once. */
  private readonly known = new Map<string, Promise<string[]>>();

  constructor(private readonly context: Context) {}

  /** At a preview. @returns what speaks against the training, a sentence each */
  async objections(inputs: FineTuningJobInputs, say: Say): Promise<string[]> {
    const { accountId, marker } = inputs;
    if (isUnknown(marker) || hasUnknown(inputs.graderTrial)) return [];
    const exists = !isUnknown(accountId) && !this.context.plan.accounts.isMade(accountId);
    // Without access to the account only what can be graded here is.
    const reach = async () => (exists ? await dataPlaneIfAny(this.context, accountId) : undefined);
    return this.once(inputs, exists, async () => {
      const dataPlane = await reach().catch(() => undefined);
      return this.tried(inputs, dataPlane, say);
    });
  }

  /** Right before the job is paid. @throws Error with what speaks against it */
  async require(dataPlane: DataPlane, inputs: FineTuningJobInputs, say: Say): Promise<void> {
    const found = await this.once(inputs, true, () => this.tried(inputs, dataPlane, say));
    if (found.length > 0) throw new Error(`No job was submitted, and nothing was charged. ${found.join("\n")}`);
  }

  private once(inputs: FineTuningJobInputs, exists: boolean, tried: () => Promise<string[]>): Promise<string[]> {
    if (!inputs.grader || !inputs.graderTrial || inputs.existingJobId !== undefined) return Promise.resolve([]);
    const key = `${exists} ${inputs.marker}`;
    const found = this.known.get(key) ?? tried();
    this.known.set(key, found);
    return found;
  }

  private async tried(inputs: FineTuningJobInputs, dataPlane: DataPlane | undefined, say: Say): Promise<string[]> {
    const { path, parts, rows: most, answers = [] } = inputs.graderTrial!;
    const grader = inputs.grader!;
    const judges = graderModels(grader);
    const count = most ?? (judges.length > 0 ? ROWS_OF_JUDGES : ROWS);
    // One more, so that the last has another row's answer too.
    const rows = await sampleRows({ path, parts }, count + 1, this.context.blobs).catch((error: unknown) =>
      messageOf(error),
    );
    if (typeof rows === "string") return [`The grader could not be tried on ${path}: ${rows}`];
    const tries = rows.slice(0, count).map((row) => ({
      row,
      answers: sampleAnswers(row, rows, grader, inputs.responseFormat, answers),
    }));
    const trial = { grader, path, tries, say };
    if (dataPlane) {
      try {
        return await byService(trial, dataPlane, judges);
      } catch (error) {
        if (!(error instanceof AzureFailure)) throw error;
        if (error.status === 400 && !error.foreign) return [`The service rejected the grader: ${error.detail}`];
        say(`the service could not run the grader: ${error.said}`);
      }
    }
    return here(trial, dataPlane !== undefined);
  }
}

/** @throws AzureFailure */
async function byService({ grader, path, tries, say }: Trial, dataPlane: DataPlane, judges: string[]) {
  await dataPlane.graders.validate(grader);
  const count = tries.reduce((sum, { answers }) => sum + answers.length, 0);
  if (judges.length > 0) {
    say(
      `trying the grader on ${count} answers: you will be billed for the tokens of ${count} gradings by ${judges.join(" and ")}`,
    );
  }
  const grades: TrialGrade[] = [];
  let tokens = 0;
  for (const [index, { row, answers }] of tries.entries()) {
    say.status(`trying the grader · row ${index + 1}/${tries.length}`);
    const runs = await Promise.all(answers.map(({ text }) => dataPlane.graders.run(grader, text, row.item)));
    for (const [at, { reward, errors, detail, tokens: used }] of runs.entries()) {
      grades.push({ line: row.line, from: answers[at]!.from, reward, errors, detail });
      tokens += Object.values(used).reduce((sum, one) => sum + one, 0);
    }
  }
  if (tokens > 0) say(`the grader used ${tokens.toLocaleString("en-US")} tokens for ${count} answers`);
  const failed = grades.find(({ errors }) => errors.some(isServiceError));
  if (failed) {
    const words = [failed.errors.filter(isServiceError).join(", "), failed.detail].filter(Boolean).join(": ");
    say(`the service could not run the grader, so it was not tried: ${words}`);
    return [];
  }
  return trialObjections(grades, path);
}

/** @param exists - whether there is an account, whose service didn't try it */
async function here({ grader, path, tries, say }: Trial, exists: boolean): Promise<string[]> {
  const why = whyNotHere(grader);
  if (why !== undefined) {
    const later = exists
      ? "it is not tried before the training"
      : "`up` has the service try the grader before you pay for the job";
    say(`${why}; ${later}`);
    return [];
  }
  return trialObjections(await gradesHere(grader, tries), path);
}
