import type * as CallHandler from "./runtime/call-handler";

export type { HandlerMethod } from "./runtime/call-handler";

// States name this file: it is where a provider's text enters today's code, which is loaded as one bundle if there is one.
/* eslint-disable @typescript-eslint/no-require-imports -- plain JavaScript, and what is loaded is decided here */
const { bundledHandlers } = require("../compiled/handlers") as {
  bundledHandlers: () => typeof CallHandler | undefined;
};
export const { runHandler } = bundledHandlers() ?? (require("./runtime/call-handler") as typeof CallHandler);
