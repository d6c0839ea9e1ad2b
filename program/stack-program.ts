import { exitOnBrokenPipe } from "../dynamic-providers/runtime/exit-on-broken-pipe";
import { exitWithEngine } from "../dynamic-providers/runtime/exit-with-engine";
import { redactDebugLog } from "./redact-debug-log";
import { trimStack } from "./trim-stack";

/**
 * A program as `export =` takes it, guarded: it ends with its engine, writes no secret into the engine's debug log, and a failure of it is
 * readable at once.
 *
 * @param program - makes the resources; what it returns are the stack's outputs.
 *
 * @example
 * ```ts
 * export = stackProgram(async () => {
 *   const account = new OpenAiAccount("openai", { ... });
 *   return { endpoint: account.endpoint };
 * });
 * ```
 */
export function stackProgram<Outputs>(program: () => Promise<Outputs>): () => Promise<Outputs> {
  return () => {
    exitOnBrokenPipe();
    // A program whose pulumi was killed may wait for an answer that never comes.
    exitWithEngine(process.env.PULUMI_NODEJS_ENGINE);
    redactDebugLog();
    return program().catch((error: unknown) => {
      throw trimStack(error);
    });
  };
}
