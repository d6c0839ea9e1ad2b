import type * as pulumi from "@pulumi/pulumi";
import type { Handler } from "./handler";
import type * as Packaged from "../../npm-package/handlers";
import type * as RunHandler from "../run-handler";

/** Arguments of a resource: each property of `T` as a plain value or as an output of another resource. */
export type InputsOf<T> = { [Key in keyof T]: pulumi.Input<T[Key]> };

/**
 * Properties that a diff need not show: the provider's code, and what a replacement will answer again. Status and record stay visible,
 * since a refresh tells by them what happened elsewhere.
 *
 * @param answered - outputs that are known only after the service has answered. Default none.
 */
export function hiddenDiffs(answered: readonly string[] = []): string[] {
  return ["__provider", "stateVersion", ...answered.filter((name) => name !== "status" && name !== "record")];
}

/** Where the handlers of the published package are: the texts in states name it. */
export const HANDLERS_MODULE = "azure-openai-finetune/handlers";

let handlersModule: string | undefined;

/**
 * From now on providers load their handlers from a module of node_modules, compiled; until then, from the TypeScript files of the
 * checkout that is the working folder.
 *
 * @param module - exports `runPackagedHandler`; Node finds it from the working folder.
 */
export function loadHandlersFrom(module: string): void {
  handlersModule = module;
}

/** A dynamic provider that loads its handler when it is called, from where `loadHandlersFrom` says. */
export function lateBound(handlerFile: string): pulumi.dynamic.ResourceProvider {
  if (handlersModule !== undefined) return boundToPackage(handlerFile, handlersModule);
  const provider = boundToCheckout(handlerFile);
  noted()?.set(provider, handlerFile);
  return provider;
}

/** Where `compiled/kept-texts.js` looks up which provider it is asked for the text of, if it is at work. */
function noted(): WeakMap<object, string> | undefined {
  return (globalThis as Record<symbol, WeakMap<object, string> | undefined>)[
    Symbol.for("azure-openai-finetune.providers")
  ];
}

/**
 * A dynamic provider that loads its TypeScript handler when it is called.
 *
 * Pulumi writes a provider's code into the state, and runs that copy on refresh and destroy. Here the copy is a few lines that hold
 * nothing but a path, so that the state stays small and free of secrets, a changed handler is no change of the resource, and destroy
 * runs today's code. It therefore needs a checkout with its packages installed, as `up` does.
 *
 * Everything inside is turned into text: no imports, no classes, nothing captured but `handlerFile`.
 *
 * @param handlerFile - module that exports `handler`, relative to the project folder, e.g. `dynamic-providers/dataset/handler.ts`.
 */
function boundToCheckout(handlerFile: string): pulumi.dynamic.ResourceProvider {
  const run = (method: RunHandler.HandlerMethod, args: unknown[]) => {
    const project = process.cwd() + "/";
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- this text runs in a process that knows no TypeScript yet.
    const tsx = require("tsx/cjs/api") as { require(file: string, from: string): unknown };
    const { runHandler } = tsx.require(project + "dynamic-providers/run-handler.ts", project) as typeof RunHandler;
    const { handler } = tsx.require(project + handlerFile, project) as { handler: Handler };
    return runHandler(handler, method, args) as never;
  };
  return providerOf(run);
}

/** The same text for a program that has the handlers in its node_modules; neither tsx nor a checkout is needed. */
function boundToPackage(handlerFile: string, handlers: string): pulumi.dynamic.ResourceProvider {
  const run = (method: RunHandler.HandlerMethod, args: unknown[]) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- Pulumi's provider process resolves it from the working folder.
    const { runPackagedHandler } = require(handlers) as typeof Packaged;
    return runPackagedHandler(handlerFile, method, args) as never;
  };
  return providerOf(run);
}

/** The methods of a provider, each handed to `run`; they are part of the text. */
function providerOf(
  run: (method: RunHandler.HandlerMethod, args: unknown[]) => never,
): pulumi.dynamic.ResourceProvider {
  return {
    configure: (request) => run("configure", [request]),
    check: (olds, news) => run("check", [olds, news]),
    diff: (id, olds, news) => run("diff", [id, olds, news]),
    create: (inputs) => run("create", [inputs]),
    read: (id, props) => run("read", [id, props]),
    update: (id, olds, news) => run("update", [id, olds, news]),
    delete: (id, props) => run("delete", [id, props]),
  };
}
