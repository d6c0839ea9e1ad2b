import type { OpenAI } from "openai";
import { withDeadline } from "./deadline";
import type { ServiceTime } from "./service-time";
import { deletionShape } from "./shapes";
import { expectShape } from "./unexpected-answer";

/** A request that moves no file should be answered within this. */
export const ANSWER_MS = 60_000;

export interface RequestOptions {
  query?: object;
  body?: unknown;
  headers?: Record<string, string>;
  /** For the whole answer, in milliseconds. Default a minute. */
  timeout?: number;
}

/**
 * Requests of an openai client whose answers nobody has believed yet: the client's own methods take any answer of status 200 for what its
 * types say, and its pages take whatever has no list for an empty one.
 */
export class Requests {
  /** @param time - learns from every answer what time it is for the service */
  constructor(
    private readonly client: OpenAI,
    private readonly time: ServiceTime,
  ) {}

  /** @returns the parsed body */
  send(method: "get" | "post", path: string, options: RequestOptions = {}): Promise<unknown> {
    const { timeout = ANSWER_MS, ...rest } = options;
    return withDeadline(timeout, async (signal) => {
      const { data, response } = await this.client[method]<unknown>(path, { ...rest, timeout, signal }).withResponse();
      this.time.note(response.headers.get("date"));
      return data;
    });
  }

  /**
   * v1 answers a deletion with the object's id, the dated API with 204 and nothing.
   * @param wanted - for the error sentence, e.g. `the job's deletion`
   * @throws UnexpectedAnswer when neither says that the object is deleted
   */
  delete(path: string, wanted: string): Promise<void> {
    return withDeadline(ANSWER_MS, async (signal) => {
      const { data, response } = await this.client.delete<unknown>(path, { timeout: ANSWER_MS, signal }).withResponse();
      this.time.note(response.headers.get("date"));
      if (response.status !== 204) expectShape(deletionShape, data, wanted);
    });
  }

  /** The answer to a GET, whose body `read` must have read within `timeout` milliseconds. */
  raw<T>(path: string, timeout: number, read: (response: Response) => Promise<T>): Promise<T> {
    return withDeadline(timeout, async (signal) => {
      const options = { timeout, signal, headers: { accept: "application/binary" } };
      const response = await this.client.get(path, { ...options, __binaryResponse: true }).asResponse();
      this.time.note(response.headers.get("date"));
      return read(response);
    });
  }
}
