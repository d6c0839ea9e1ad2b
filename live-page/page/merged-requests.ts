import type { ShownRequest } from "local-azure/live/shapes";

/** Requests that the page remembers; the oldest go first. */
export const mostRequests = 1_000;

/** Those of `known` in their newer state where there is one, and the new ones; newest first. */
export function merged(known: readonly ShownRequest[], news: readonly ShownRequest[]): ShownRequest[] {
  const byNumber = new Map(news.map((request) => [request.number, request]));
  const kept = known.map((request) => {
    const newer = byNumber.get(request.number);
    byNumber.delete(request.number);
    return newer ?? request;
  });
  const added = [...byNumber.values()].reverse();
  const isInOrder = added.length === 0 || kept.length === 0 || added.at(-1)!.number > kept[0]!.number;
  const all = [...added, ...kept];
  return (isInOrder ? all : all.sort((a, b) => b.number - a.number)).slice(0, mostRequests);
}
