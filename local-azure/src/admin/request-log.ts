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
  /** Milliseconds from its arrival to the end of its answer, on the machine's clock; absent until then. */
  ms?: number;
  /** `user-agent`, where it has one. */
  agent?: string;
  /** `x-ms-request-id` of its answer. */
  id: string;
}

/** How many requests are kept; the count continues. */
const KEPT = 10_000;

/** What a client sends that the log keeps something of. */
interface Arrival {
  method: string;
  url: string;
  headers: { "user-agent"?: string | undefined };
}

/** The requests since the start in the order of their arrival, without anything secret. */
export class RequestLog {
  /** Requests that are kept at most. */
  readonly most = KEPT;
  private readonly kept: LoggedRequest[] = [];
  private count = 0;

  /** Requests since the start, those that are no longer kept too. */
  get total(): number {
    return this.count;
  }

  /** Notes a request; the caller sets its status when it is answered. */
  add({ method, url, headers }: Arrival, at: number, id: string): LoggedRequest | undefined {
    // Not by `URL`, which refuses or rewrites some of what clients can send.
    const [rawPath = "", query = ""] = url.split("?", 2);
    const pathname = rawPath.replace(/^\/+/, "/");
    if (pathname.startsWith("/local-azure/")) return undefined;
    const version = new URLSearchParams(query).get("api-version");
    this.count += 1;
    const path = version === null ? pathname : `${pathname}?api-version=${version}`;
    const entry: LoggedRequest = { number: this.count, method, path, status: 0, at, id };
    if (headers["user-agent"] !== undefined) entry.agent = headers["user-agent"];
    this.kept.push(entry);
    if (this.kept.length > KEPT) this.kept.shift();
    return entry;
  }

  list(): readonly LoggedRequest[] {
    return this.kept;
  }

  /** By its number; undefined when it is no longer kept. */
  find(number: number): LoggedRequest | undefined {
    return this.kept[number - (this.kept[0]?.number ?? 1)];
  }
}
