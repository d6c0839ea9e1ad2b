import type { Properties } from "./values";

/** The resource exists but did not get ready: it goes into the state with this reason, and the next `up` updates it. */
export class PartialFailure extends Error {
  constructor(
    readonly id: string,
    readonly outputs: Properties,
    readonly inputs: Properties,
    message: string,
  ) {
    super(message);
    this.name = "PartialFailure";
  }
}
