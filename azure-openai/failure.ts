/**
 * A request to Azure that did not succeed, told in one sentence.
 * `answered: false` means that nobody knows whether the service acted on it (connection cut, time-out, truncated answer).
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
  /** True when waiting can't mend it: a secret that is wrong stays wrong. */
  readonly permanent: boolean;
  /** The service's own words, without what we were doing. */
  readonly detail: string;

  constructor(
    message: string,
    facts: Partial<Pick<AzureFailure, "status" | "code" | "retryAfterMs" | "neverSent" | "permanent" | "detail">> = {},
  ) {
    super(message);
    this.name = "AzureFailure";
    this.status = facts.status;
    this.code = facts.code;
    this.retryAfterMs = facts.retryAfterMs;
    this.neverSent = facts.neverSent ?? false;
    this.permanent = facts.permanent ?? false;
    this.detail = facts.detail ?? message;
  }

  get notFound(): boolean {
    return this.status === 404;
  }

  /** Whether a write may have been carried out all the same, so that it must be looked for before it is repeated. */
  get ambiguous(): boolean {
    if (this.neverSent) return false;
    return this.status === undefined || this.status === 408 || this.status >= 500;
  }

  /** Whether the same request may succeed a little later. */
  get transient(): boolean {
    return !this.permanent && (this.ambiguous || this.neverSent || this.status === 429);
  }

  /** A principal whose role assignment is missing, or has not taken effect yet. */
  get lacksRole(): boolean {
    if (this.status !== 401 && this.status !== 403) return false;
    return this.code === "PermissionDenied" || /lacks the required data action/i.test(this.detail);
  }
}

/** Whether `error` says that the object is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof AzureFailure && error.notFound;
}
