import type * as pulumi from "@pulumi/pulumi";

/**
 * What a `handler.ts` exports as `handler`: the methods of a dynamic provider that the resource needs. Those left out get the
 * defaults of run-handler.ts.
 *
 * @typeParam Inputs - what `check` returns.
 * @typeParam State - what lies in the stack's state: inputs and outputs.
 */
export type Handler<Inputs = unknown, State = Inputs> = Partial<pulumi.dynamic.ResourceProvider<Inputs, State>>;
