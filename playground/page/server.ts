import type { ChatCall, ChatLine, Problem, Saved, SaveCall, Setup } from "../api";
import type { ShownCase } from "../../report/evaluation/shown-cases";
import type { ReportData } from "../../report/report-data";

/** The token of this run stands in the page's address; it leaves it in a header of our own calls only. */
const token = new URLSearchParams(location.search).get("token") ?? "";
const headers = { "x-playground-token": token };

/** A refusal, in a sentence for the person. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

const lost =
  "The playground's server doesn't respond. Start it again with npm run playground, and open the address that it prints.";

export function getSetup(): Promise<Setup> {
  return call("/api/setup");
}

export function getReport(): Promise<ReportData> {
  return call("/api/report");
}

/** Cases of the report's evaluation; null without one. */
export function getCases(): Promise<ShownCase[] | null> {
  return call("/api/cases");
}

export function saveExample(body: SaveCall): Promise<Saved> {
  return call("/api/examples", body);
}

/** The lines of an answer as they come; an abort by `signal` ends them without an error. */
export async function* chat(body: ChatCall, signal: AbortSignal): AsyncGenerator<ChatLine> {
  try {
    const response = await send("/api/chat", body, signal);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value = "" } = await reader.read();
      const lines = (rest + value).split("\n");
      rest = lines.pop()!;
      for (const line of lines) yield JSON.parse(line) as ChatLine;
      if (done) return;
    }
  } catch (error) {
    if (signal.aborted) return;
    yield { type: "error", ...problemOf(error) };
  }
}

export function problemOf(error: unknown): Problem {
  return error instanceof Refusal ? error.problem : { message: lost };
}

async function call<T>(path: string, body?: unknown): Promise<T> {
  const response = await send(path, body);
  return (await response.json()) as T;
}

async function send(path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, {
    method: body === undefined ? "GET" : "POST",
    headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  if (response.ok) return response;
  throw new Refusal((await response.json()) as Problem);
}
