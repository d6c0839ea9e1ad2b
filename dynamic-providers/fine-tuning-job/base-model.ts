import { baseModelName, findModel } from "../../catalog";

/**
 * Whether a job trains the model that was asked for. The service answers an alias with the version it stands for
 * (`gpt-4.1` becomes `gpt-4.1-2025-04-14`). Which of its names a model of another format is answered with is not on record, so all count:
 * a job that is not recognized would be submitted, and paid, again.
 */
export function isModel(asked: string, answered: string): boolean {
  const [wanted, given] = [asked.toLowerCase(), answered.toLowerCase()];
  if (given === wanted || isOpenModel(asked, answered)) return true;
  return /^-\d{4}(-\d{2}-\d{2})?$/.test(given.startsWith(wanted) ? given.slice(wanted.length) : "");
}

/** Whether both are names of one base model of another format than OpenAI's, and not of models tuned from it. */
function isOpenModel(...names: [string, string]): boolean {
  const [one, other] = names.map((name) => (baseModelName(name) === name ? findModel(name) : undefined));
  return one?.format !== undefined && one === other;
}
