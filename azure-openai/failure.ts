import type { FilterFinding } from "./chat-types";
import { saysGone } from "./gone-codes";
import type { NextStep } from "./next-steps";

/**
 * A request to Azure that did not succeed, explained in one sentence.
 * `answered: false` means that it is unknown whether the service acted on it (connection lost, time-out, truncated answer).
 */
export class AzureFailure extends Error {
  /** HTTP status; absent when there was no complete answer. */
  readonly status?: number;
  /** Azure's error code, e.g. `DeploymentNotFound`; or the network's, e.g. `ECONNREFUSED`. */
  readonly code?: string;
  /** How long the service asks to wait. */
  readonly retryAfterMs?: number;
  /** True when the request can't have been acted on: the connection was never made, or sign-in came first. */
  readonly neverSent: boolean;
  /** True when retrying cannot help: a wrong secret stays wrong. */
  readonly permanent: boolean;
  /** The service's own words, without what we were doing. */
  readonly detail: string;
  /** True when the refusal has not the shape of Azure's: a gateway, proxy or firewall answered instead. */
  readonly foreign: boolean;
  /** What the content filter found in the prompt, in every category, where it refused. */
  readonly filterFindings?: FilterFinding[];
  /** What the refusal means and what to do, where that is known; `message` ends with it. */
  readonly nextStep?: NextStep;
  /** The message without the next step. */
  readonly said: string;

  constructor(
    message: string,
    facts: Partial<
      Pick<
        AzureFailure,
        | "status"
        | "code"
        | "retryAfterMs"
        | "neverSent"
        | "permanent"
        | "detail"
        | "foreign"
        | "filterFindings"
        | "nextStep"
      >
    > = {},
  ) {
    super(facts.nextStep ? `${message}. ${facts.nextStep.advice}` : message);
    this.said = message;
    this.nextStep = facts.nextStep;
    this.name = "AzureFailure";
    this.status = facts.status;
    this.code = facts.code;
    this.retryAfterMs = facts.retryAfterMs;
    this.neverSent = facts.neverSent ?? false;
    this.permanent = facts.permanent ?? false;
    this.detail = facts.detail ?? message;
    this.foreign = facts.foreign ?? false;
    this.filterFindings = facts.filterFindings;
  }

  /**
   * Azure says that the object is not there. A 404 or 410 without one of Azure's codes says nothing about the object: taken for gone, it
   * would be created and paid for again.
   */
  get notFound(): boolean {
    return this.isMissing && !this.foreign && saysGone(this.code);
  }

  /** Azure says that the identity lacks a permission. */
  get forbidden(): boolean {
    return this.status === 403 && !this.foreign;
  }

  private get isMissing(): boolean {
    return this.status === 404 || this.status === 410;
  }

  /** Whether a write may have been carried out anyway, so that it must be looked for before it is repeated. */
  get ambiguous(): boolean {
    if (this.neverSent) return false;
    return this.foreign || this.status === undefined || this.status === 408 || this.status >= 500;
  }

  /** Whether the same request may succeed a little later. */
  get transient(): boolean {
    return !this.permanent && (this.ambiguous || this.neverSent || this.status === 429);
  }

  /** A principal whose role assignment is missing, or has not taken effect yet. */
  get lacksRole(): boolean {
    if (this.status !== 401 && this.status !== 403) return false;
    // A network that keeps this machine out is no matter of roles, whatever the code.
    if (this.nextStep?.situation === "network") return false;
    return this.code === "PermissionDenied" || /lacks the required data action/i.test(this.detail);
  }
}

/** Whether `error` says that the object is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof AzureFailure && error.notFound;
}
