import { printable, printableError } from "../../azure-openai/printable-text";
import { systemError } from "../../azure-openai/system-error";
import { exitWithEngine } from "./exit-with-engine";
import { engineLog } from "./engine-log";
import type { Handler } from "./handler";
import { inputsDiffer } from "./inputs-differ";
import { toldByEngine } from "./told-by-engine";
import { exitOnBrokenPipe } from "./exit-on-broken-pipe";

/** Methods that the engine calls on a dynamic provider. */
export type HandlerMethod = keyof Handler;

type Properties = Record<string, unknown>;

/** What happens where a handler has no method of its own: the behaviour of a resource without a remote side. */
const defaults = {
  configure: () => Promise.resolve(),
  check: (_olds: Properties, inputs: Properties) => Promise.resolve({ inputs, failures: [] }),
  diff: (_id: string, state: Properties, inputs: Properties) =>
    Promise.resolve({ changes: inputsDiffer(state, inputs) }),
  read: (id: string, props: Properties) => Promise.resolve({ id, props }),
  update: (_id: string, state: Properties, inputs: Properties) => Promise.resolve({ outs: { ...state, ...inputs } }),
  delete: () => Promise.resolve(),
};

/**
 * Runs one method of a handler in the provider process.
 *
 * @param handler - what the resource's `handler.ts` exports.
 * @param method - method that the engine calls.
 * @param args - the engine's arguments.
 * @throws Whatever the handler throws; a failure that the handler foresaw comes without its stack.
 */
export async function runHandler(handler: Handler, method: HandlerMethod, args: unknown[]): Promise<unknown> {
  exitOnBrokenPipe();
  exitWithEngine(process.argv[2]);
  const implementation = (handler[method] ?? defaults[method as keyof typeof defaults]) as
    ((...args: unknown[]) => Promise<unknown>) | undefined;
  if (!implementation) throw new TypeError(`The handler has no method ${method}.`);
  try {
    return printableFailures(await implementation.apply(handler, args));
  } catch (error) {
    const sentence = systemError(error);
    if (sentence !== undefined) (error as Error).message = sentence;
    throw withoutStack(printableError(error), method);
  } finally {
    await engineLog.flush();
  }
}

/**
 * The engine prints the reasons for which a `check` refuses, and the message of an error, as they are. A reason that names its property is
 * printed behind that property's value as Go writes it (`{map[maxTrainingUsd:{0.01}]}`); the reasons here name property and value themselves,
 * so that the engine is given none.
 */
function printableFailures(result: unknown): unknown {
  const { failures } = (result ?? {}) as { failures?: { property: string; reason: string }[] };
  if (!Array.isArray(failures)) return result;
  return {
    ...(result as object),
    failures: failures.map(({ reason }) => ({ property: "", reason: printable(reason) })),
  };
}

/** Errors of the language itself are bugs, whose stack is worth reading. */
const bugs = [TypeError, ReferenceError, RangeError, SyntaxError];

/** Methods whose errors Pulumi's provider process writes itself, beside answering the engine with them. */
const writtenOf: HandlerMethod[] = ["check", "diff", "read", "delete"];

/** Pulumi's provider process prints the stack of what these methods throw; a user's mistake needs none, and is told once. */
function withoutStack(error: unknown, method: HandlerMethod): unknown {
  if (!(error instanceof Error) || bugs.some((bug) => error instanceof bug)) return error;
  error.stack = error.message;
  error.toString = () => `${method} failed`;
  if (writtenOf.includes(method)) toldByEngine(`${method} failed: ${error.message}`);
  return error;
}
