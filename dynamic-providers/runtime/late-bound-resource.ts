import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound, type InputsOf } from "./late-bound";
import { DYNAMIC_MODULE } from "./resource-types";

/** What makes one kind of dynamic resource. Each output is named here once; its type and its meaning are in the resource's schema. */
interface LateBoundSpec<Known extends string, Answered extends string> {
  /** Last part of the type token, e.g. `Dataset`. Stored states hold it: never rename it. */
  type: string;
  /** The handler's module from the project folder, e.g. `dynamic-providers/dataset/handler.ts`. Stored states hold it: never move it. */
  handler: string;
  /** Outputs that `check` computes, so that they are known at preview; their changes are shown. Default none. */
  known?: readonly Known[];
  /** Outputs that are known only after the service has answered; a diff hides them. Default none. */
  answered?: readonly Answered[];
  /** Outputs that the state holds encrypted. Default none. */
  secret?: readonly (Known | Answered)[];
}

/** A class of resources of one kind: `new` takes a name, the arguments as values or outputs, and Pulumi's options. */
type LateBoundClass<Args, State, Output extends keyof State> = new (
  name: string,
  args: InputsOf<Args>,
  opts?: pulumi.CustomResourceOptions,
) => pulumi.dynamic.Resource & { readonly [Key in Output]-?: pulumi.Output<State[Key]> };

/**
 * Base class of a dynamic resource whose handler is found when it is called (see `lateBound`). In two steps, since TypeScript infers
 * either all type arguments of a call or none.
 *
 * @typeParam Args - the resource's arguments.
 * @typeParam State - what its state holds: the types of the outputs.
 *
 * @example
 * ```ts
 * export class CostEstimate extends lateBoundResource<CostEstimateArgs, CostEstimateState>()({
 *   type: "CostEstimate",
 *   handler: "dynamic-providers/cost-estimate/handler.ts",
 *   known: ["estimate"],
 * }) {}
 * ```
 */
export function lateBoundResource<Args extends object, State extends object>() {
  type Output = keyof State & string;
  return <const Known extends Output = never, const Answered extends Output = never>(
    spec: LateBoundSpec<Known, Answered>,
  ): LateBoundClass<Args, State, Known | Answered> => {
    const { type, handler, known = [], answered = [], secret = [] } = spec;
    // An output exists on a dynamic resource only where the arguments name it.
    const outputs = Object.fromEntries([...known, ...answered].map((name) => [name, undefined]));
    const options = {
      hideDiffs: hiddenDiffs(answered),
      ...(secret.length > 0 && { additionalSecretOutputs: [...secret] }),
    };
    // One object for all resources of the type: Pulumi makes a provider's text once.
    let provider: pulumi.dynamic.ResourceProvider | undefined;
    class LateBoundResource extends pulumi.dynamic.Resource {
      constructor(name: string, args: InputsOf<Args>, opts?: pulumi.CustomResourceOptions) {
        provider ??= lateBound(handler);
        super(provider, name, { ...outputs, ...args }, { ...opts, ...options }, DYNAMIC_MODULE, type);
      }
    }
    return LateBoundResource as unknown as LateBoundClass<Args, State, Known | Answered>;
  };
}
