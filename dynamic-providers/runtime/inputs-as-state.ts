import { randomUUID } from "node:crypto";
import type { Handler } from "./handler";
import { toState } from "./to-state";

/**
 * `create` and `update` of a resource without a remote side, whose state is its checked inputs and nothing else. An input that is no longer given
 * leaves the state: kept there, it would be a change in every preview.
 */
export function inputsAsState<Inputs extends object>() {
  return {
    create: (inputs) => Promise.resolve({ id: randomUUID(), outs: toState(inputs) }),
    update: (_id, _olds, news) => Promise.resolve({ outs: toState(news) }),
  } satisfies Handler<Inputs>;
}
