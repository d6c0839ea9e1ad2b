import { computed, signal, type Signal } from "@preact/signals";
import type { LiveLine, SectionName, Sections, ServiceFacts, ShownRequest } from "local-azure/live/shapes";
import { merged } from "./merged-requests";

/** How long the rate of requests looks back. */
const rateMs = 2_000;

export type Connection =
  | { state: "connecting" | "live" }
  /** Lost, and tried again. */
  | { state: "lost"; message: string }
  /** Trying again would not help. */
  | { state: "refused"; message: string };

export const connection = signal<Connection>({ state: "connecting" });
export const service = signal<ServiceFacts | undefined>(undefined);
/** The service's clock, milliseconds since 1970. */
export const now = signal<number | undefined>(undefined);
/** Requests since the service's start. */
export const total = signal(0);
/** Requests per second, over the last two. */
export const rate = signal(0);
/** Newest first. */
export const requests = signal<readonly ShownRequest[]>([]);
/** Requests that came too fast to be shown, since the page was opened. */
export const skipped = signal(0);

const contents = Object.fromEntries(
  (
    [
      ...["clock", "totals", "accounts", "deployments", "jobs", "files"],
      ...["evals", "roles", "quota", "faults", "models"],
    ] as SectionName[]
  ).map((name) => [name, signal(undefined)]),
) as unknown as { [Name in SectionName]: Signal<Sections[Name] | undefined> };

/** What the service says last of a part of itself; undefined before it has. */
export function section<Name extends SectionName>(name: Name): Sections[Name] | undefined {
  return contents[name].value;
}

/** Whether everything is there that a first look needs. */
export const complete = computed(() => Object.values(contents).every((content) => content.value !== undefined));

let counted: { at: number; total: number }[] = [];

export function take(line: LiveLine): void {
  switch (line.type) {
    case "hello":
      // Its numbers of requests begin again.
      if (service.value?.run !== line.service.run) forget();
      service.value = line.service;
      break;
    case "section":
      (contents[line.section] as Signal<unknown>).value = line.content;
      break;
    case "requests":
      requests.value = merged(requests.value, line.requests);
      skipped.value += line.skipped;
      break;
    case "tick":
      now.value = line.now;
      total.value = line.requests;
      count(line.requests);
  }
}

function count(requestsSoFar: number): void {
  const at = performance.now();
  counted = [...counted.filter((earlier) => at - earlier.at < rateMs), { at, total: requestsSoFar }];
  const [oldest] = counted;
  const seconds = (at - oldest!.at) / 1000;
  rate.value = seconds < 0.2 ? 0 : (requestsSoFar - oldest!.total) / seconds;
}

function forget(): void {
  requests.value = [];
  skipped.value = 0;
  counted = [];
}
