export interface LoggedRequest {
  /** Counts from 1 since the server started. */
  number: number;
  method: string;
  /** Path and api-version; no other part of the query, no header, no body. */
  path: string;
  /** 0 until it is answered. */
  status: number;
  /** Its connection closed before it was answered: the client left, or a fault closed it. */
  left?: true;
  /** Milliseconds since 1970, on the service's clock. */
  at: number;
}

/** How many requests are kept; the count continues. */
const KEPT = 10_000;

/** The requests since the start in the order of their arrival, without anything secret. */
export class RequestLog {
  private readonly kept: LoggedRequest[] = [];
  private count = 0;

  /** Notes a request; the caller sets its status when it is answered. */
  add(method: string, url: string, at: number): LoggedRequest | undefined {
    // Not by `URL`, which refuses or rewrites some of what clients can send.
    const [rawPath = "", query = ""] = url.split("?", 2);
    const pathname = rawPath.replace(/^\/+/, "/");
    if (pathname.startsWith("/local-azure/")) return undefined;
    const version = new URLSearchParams(query).get("api-version");
    this.count += 1;
    const path = version === null ? pathname : `${pathname}?api-version=${version}`;
    const entry: LoggedRequest = { number: this.count, method, path, status: 0, at };
    this.kept.push(entry);
    if (this.kept.length > KEPT) this.kept.shift();
    return entry;
  }

  list(): readonly LoggedRequest[] {
    return this.kept;
  }
}
