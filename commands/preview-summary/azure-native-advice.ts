import { isAboutModel, nextStep, type Refusal } from "../../azure-openai/next-steps";
import { choicesInstead } from "../../catalog";

/**
 * The next step after a refusal that azure-native passed on. Messages of the stack's own resources already contain theirs.
 *
 * @returns `undefined` for other sentences and unknown refusals
 */
export function azureNativeAdvice(sentence: string, today: Date): string | undefined {
  const refusal = refusalIn(sentence);
  const step = refusal && nextStep(refusal);
  if (!step || sentence.includes(step.advice)) return undefined;
  const model = /\bName:\s*([\w.-]+),\s*Version:\s*([\w.-]+)/.exec(sentence);
  return isAboutModel(step)
    ? `${step.advice} ${choicesInstead(model ? `${model[1]}-${model[2]}` : undefined, today)}`
    : step.advice;
}

/**
 * azure-native writes `Status=409 Code="RequestConflict" Message="..."`, or the text of its HTTP library: `RESPONSE 409: 409 Conflict`,
 * `ERROR CODE: RequestConflict`, then the body.
 */
function refusalIn(sentence: string): Refusal | undefined {
  const short = /(?:\bStatus=(\d{3}) )?\bCode="([^"]*)" Message="([\s\S]*)"/.exec(sentence);
  if (short) return { status: status(short[1]), codes: [short[2], ...innerCodes(short[3]!)], text: short[3]! };
  const code = /^ERROR CODE: (\S+)/m.exec(sentence)?.[1];
  if (code === undefined) return undefined;
  return {
    status: status(/^RESPONSE (\d{3})/m.exec(sentence)?.[1]),
    codes: [code, ...innerCodes(sentence)],
    text: sentence,
  };
}

/** Status 200 is that of an operation which was accepted and failed later. */
function status(text: string | undefined): number | undefined {
  const number = Number(text);
  return number >= 400 ? number : undefined;
}

function innerCodes(text: string): string[] {
  return [...text.matchAll(/"code"\s*:\s*"([^"]{1,100})"/g)].map((match) => match[1]!);
}
