import type { Handler } from "../../dynamic-providers/runtime/handler";

/** Everything that Pulumi can't turn into text: private members, a Map at module level, an error class of one's own. */
class Counter {
  #count = 0;
  next(): number {
    return ++this.#count;
  }
}

class Refused extends Error {
  readonly id = "partial-1";
}

const counters = new Map([["create", new Counter()]]);

interface Inputs {
  name: string;
}

export const handler: Handler<Inputs, Inputs & { count: number }> = {
  create(inputs) {
    if (inputs.name === "refused") return Promise.reject(new Refused("the name is taken; choose another"));
    return Promise.resolve({ id: inputs.name, outs: { ...inputs, count: counters.get("create")?.next() ?? 0 } });
  },
  delete() {
    return Promise.reject(new Refused("it is in use; remove its users first"));
  },
};
