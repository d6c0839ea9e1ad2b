import { printable } from "../../azure-openai/printable-text";
import { toState } from "./to-state";

/**
 * A create or update that got part of the way: the engine stores `properties` with the message, and the next `up` calls `update`,
 * which continues from there.
 */
export class PartialFailure extends Error {
  /** Only these are printed. */
  readonly reasons: string[];
  readonly properties: Record<string, unknown>;

  /**
   * @param id - of the resource
   * @param inputs - all of them: without the provider's own text in them, refresh and destroy of the resource would crash
   * @param state - what is known so far
   */
  constructor(
    message: string,
    readonly id: string,
    inputs: object,
    state: object,
  ) {
    super(printable(message));
    this.name = "PartialFailure";
    this.reasons = [this.message];
    this.properties = toState({ ...inputs, ...state });
  }
}
