import { exactUsd, usd } from "../../format/money";
import { EvaluationRefusal } from "../refusal";

/** The next request could pass the limit. */
export class LimitReached extends EvaluationRefusal {
  constructor(
    readonly spentUsd: number,
    readonly maxUsd: number,
  ) {
    super(
      `The next answer could exceed the spending limit of ${exactUsd(maxUsd)}; ${usd(spentUsd)} has been spent. ` +
        "The answers so far are saved. Raise the limit and run again to continue.",
    );
  }
}

/**
 * A spending limit that is never passed: what a request can cost at most is reserved before it is sent, and what it cost is booked
 * afterwards. While others are under way, a request that doesn't fit waits for what they leave.
 */
export class Budget {
  /** USD of the answers of this run. */
  spent = 0;
  private reserved = 0;
  private waiting: (() => void)[] = [];

  /** @param maxUsd - default: none */
  constructor(private readonly maxUsd = Infinity) {}

  /** @throws LimitReached */
  async reserve(most: number): Promise<void> {
    while (this.spent + this.reserved + most > this.maxUsd) {
      if (this.reserved === 0) throw new LimitReached(this.spent, this.maxUsd);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.reserved += most;
  }

  /** @param cost - 0 for a request that was refused; `most` for one whose answer was lost */
  book(most: number, cost: number): void {
    this.reserved -= most;
    this.spent += cost;
    // Sums of fractions of a cent leave a remainder that would look like a request under way.
    if (Math.abs(this.reserved) < 1e-12) this.reserved = 0;
    for (const wake of this.waiting.splice(0)) wake();
  }
}
