import path from "node:path";
import { type HandlerMethod, runHandler } from "../dynamic-providers/runtime/call-handler";
import type { Handler } from "../dynamic-providers/runtime/handler";

/**
 * Runs one method of a handler of this package. The provider's text in a stack's state calls it by this name and these parameters: they
 * never change.
 *
 * @param handlerFile - as resources name it, e.g. `dynamic-providers/dataset/handler.ts`.
 */
export function runPackagedHandler(handlerFile: string, method: HandlerMethod, args: unknown[]): Promise<unknown> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only the handler that is called is loaded.
  const { handler } = require(path.join(__dirname, "..", path.dirname(handlerFile), "handler")) as { handler: Handler };
  return runHandler(handler, method, args);
}
