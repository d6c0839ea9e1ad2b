import { RULES, type Rule, type Situation } from "./refusals";

/** What a refusal means for this stack, and what to do. */
export interface NextStep {
  situation: Situation;
  /** Sentences: what it means, then what to do. */
  advice: string;
  /** The same for a person who chats with a deployment. */
  chatAdvice: string;
}

/** A refusal as far as it decides about the next step. */
export interface Refusal {
  /** HTTP status; absent where only the text is known. */
  status?: number;
  /** `error.code`, then those of `innererror` and `details`, outermost first. */
  codes: (string | undefined)[];
  /** The service's words. */
  text: string;
}

/**
 * Codes that say no more than the status does, or only wrap another refusal: with them the words decide. Every other code that the table
 * doesn't have means something that is not known here, whatever its words resemble.
 */
const GENERAL = new Set([
  "accessdenied",
  "badrequest",
  "conflict",
  "deploymentfailed",
  "forbidden",
  "internalfailure",
  "invalid_request_error",
  "invalidpayload",
  "invalidrequest",
  "invalidtemplatedeployment",
  "permissiondenied",
  "unauthorized",
]);

/** Azure's sentences are shorter; what is longer would only take time. */
const LONGEST_TEXT = 4_000;

/**
 * The next step for a refusal of Azure's, by its code; by its words only where the code is a general one, or there is none.
 * @returns `undefined` for what is not known: no advice is better than wrong advice
 */
export function nextStep({ status, codes, text: words }: Refusal): NextStep | undefined {
  const text = words.slice(0, LONGEST_TEXT);
  const given = codes.flatMap((code) => (code ? [code.toLowerCase()] : []));
  const general = given.every((code) => GENERAL.has(code) || /^\d{3}$/.test(code));
  const possible = RULES.filter(({ statuses }) => !statuses || status === undefined || statuses.includes(status));
  const rule =
    (general ? possible.find(({ before, says }) => before && says?.test(text)) : undefined) ??
    possible.find(({ codes: known = [] }) => known.some((code) => given.includes(code.toLowerCase()))) ??
    possible.find(({ says, underAnyCode }) => (general || underAnyCode) && says?.test(text));
  return rule && told(rule, text);
}

function told({ situation, advice, chatAdvice }: Rule, text: string): NextStep {
  const say = (words: Rule["advice"]) => (typeof words === "string" ? words : words(text));
  return { situation, advice: say(advice), chatAdvice: say(chatAdvice ?? advice) };
}

/** What can end a job; the other situations are those of a request. */
const ENDS_A_JOB = new Set<Situation>(["dataRefused", "modelRefused", "notTunable", "modelRetired"]);

/**
 * The next step for a job that has ended as failed.
 * @param error - the job's own; @param messages of its events, which say what the error may leave out
 */
export function jobNextStep(
  error: { code?: string | null; message?: string | null } | null | undefined,
  messages: string[],
): NextStep | undefined {
  const code = error?.code ?? undefined;
  // What a content filter refuses in a job is its data: there is no question.
  const own = /^(content_?filter|ResponsibleAIPolicyViolation)$/i.test(code ?? "") ? "contentFilter" : code;
  const found = [
    nextStep({ codes: [own], text: error?.message ?? "" }),
    ...messages.map((text) => nextStep({ codes: [], text })),
  ];
  return found.find((step) => step && ENDS_A_JOB.has(step.situation));
}

/** Whether another model, method, training type or SKU is the way out, so that the catalog's choices help. */
export function isAboutModel({ situation }: NextStep): boolean {
  return situation === "notTunable" || situation === "modelRetired" || situation === "modelNotServed";
}
