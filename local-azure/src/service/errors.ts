import type { FastifyReply, FastifyRequest } from "fastify";
import { AzureError } from "../http/azure-error";

/** Answers with an error, in the form that its thrower has chosen. */
export function answerError(error: AzureError, reply: FastifyReply): FastifyReply {
  return reply
    .code(error.statusCode)
    .headers({ ...error.headers, "x-ms-error-code": error.code })
    .send(error.body());
}

/** What fastify itself refuses (too large, wrong media type) keeps its status; anything else is a fault of ours. */
export function asAzureError(error: unknown, request: FastifyRequest): AzureError {
  if (error instanceof AzureError) return error;
  const { statusCode, message, stack } = error as { statusCode?: number; message?: string; stack?: string };
  if (statusCode === 415) {
    const type = request.headers["content-type"] ?? "";
    const sentence = `The content media type '${type}' is not supported. Only 'application/json' is supported.`;
    return new AzureError(415, "UnsupportedMediaType", sentence);
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const code = statusCode === 413 ? "RequestEntityTooLarge" : "BadRequest";
    return new AzureError(statusCode, code, message ?? code);
  }
  const disk = diskProblem(error);
  if (disk !== undefined) {
    process.stderr.write(`local-azure: ${disk}\n`);
    return new AzureError(507, "InsufficientStorage", `local-azure: ${disk} Then send the request again.`);
  }
  process.stderr.write(`local-azure: ${stack ?? String(error)}\n`);
  return new AzureError(
    500,
    "InternalServerError",
    "The server encountered an internal error. Please retry the request.",
  );
}

const diskProblems: Record<string, string> = {
  ENOSPC: "the disk is full. Free some space.",
  EDQUOT: "the disk quota is used up. Free some space.",
  EROFS: "the file system is read-only. Make it writable.",
  EACCES: "the current user may not write there. Change the permissions.",
  EIO: "the disk reported an error. Check the disk.",
};

/** Why the service's own disk took nothing, and what to do: an answer that Azure has no need of. Undefined for every other error. */
function diskProblem(error: unknown): string | undefined {
  const { code = "", path = "its state" } = error as NodeJS.ErrnoException;
  return Object.hasOwn(diskProblems, code) ? `${path} could not be written: ${diskProblems[code]}` : undefined;
}

/** The answer to what no route takes. */
export function unknownPath(method: string, url: string): AzureError {
  const path = url.split("?")[0] ?? "";
  if (/^\/+(subscriptions|providers|tenants)\b/i.test(path)) {
    const sentence = `This service has no operation for ${method} ${path}.`;
    return new AzureError(404, "InvalidResourceType", sentence);
  }
  return new AzureError(404, "404", "Resource not found");
}
