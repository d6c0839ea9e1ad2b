import { count, duration } from "../../report/page/format";

/** The first product of a user agent: `OpenAI/JS 6.49.0`. */
export function agentName(agent: string): string {
  return /^[^\s(]+(?: v?\d[\w.-]*)?/.exec(agent)?.[0] ?? agent;
}

/** The path with the first part of each GUID, which is enough to tell them apart. */
export function shortPath(path: string): string {
  return path.replace(/\b([\da-f]{8})-(?:[\da-f]{4}-){3}[\da-f]{12}\b/gi, "$1…");
}

/** As `duration`, but `0.4 ms` for what is quick. */
export function shortDuration(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : duration(milliseconds);
}

/** `4,980 a second`, `0.5 a second` */
export function perSecond(rate: number): string {
  return `${rate < 10 ? Number(rate.toFixed(1)) : count(rate)} a second`;
}
