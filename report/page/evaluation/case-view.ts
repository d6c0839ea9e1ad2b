import { computed, signal } from "@preact/signals";
import type { Listing } from "./list-cases";

/* What the reader has chosen of an evaluation. */

/** Place among the comparisons: with whom the candidate is compared. */
export const against = signal(0);
export const listing = signal<Listing>({ show: "all", order: "line", search: "" });
/** From 0. */
export const page = signal(0);

/** Place of the other model among the models. */
export const otherModel = computed(() => against.value + 1);

/** Another choice begins at its first page. */
export function list(change: Partial<Listing>): void {
  listing.value = { ...listing.value, ...change };
  page.value = 0;
}

export function compareWith(place: number): void {
  against.value = place;
  page.value = 0;
}

let shownResults: string | undefined;

/** What was chosen of one evaluation means nothing in another. Safe to repeat. @param results - tells evaluations apart */
export function startWithResults(results: string): void {
  if (shownResults !== undefined && results !== shownResults) {
    compareWith(0);
    list({ show: "all", order: "line", search: "" });
  }
  shownResults = results;
}
