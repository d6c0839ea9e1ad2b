import { inspect } from "node:util";
import type { FastifyError } from "fastify";
import { AzureFailure } from "../../azure-openai/failure";
import { printable } from "../../azure-openai/printable-text";
import { UserError } from "../../stack/command";
import type { Problem } from "../api";

/** HTTP status of a refusal. */
export function statusOf(error: FastifyError): number {
  if (error instanceof UserError) return 422;
  if (error instanceof AzureFailure) return 502;
  return error.statusCode ?? 500;
}

/** A defect's message may hold anything, so only explained errors are told in their own words. */
export function problemOf(error: unknown): Problem {
  if (error instanceof AzureFailure) {
    const { said, nextStep, retryAfterMs, filterFindings: filter } = error;
    const message = nextStep ? `${said}. ${nextStep.chatAdvice}` : said;
    const retryAfterSeconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
    return { message, retryAfterSeconds, filter };
  }
  const status = (error as Partial<FastifyError>).statusCode;
  if (error instanceof UserError || (status !== undefined && status < 500))
    return { message: (error as Error).message };
  console.error(printable(inspect(error)));
  return { message: "The playground failed; the terminal it runs in shows why." };
}
