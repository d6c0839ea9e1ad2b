import { computed, signal } from "@preact/signals";
import { usual } from "./smoothing";
import { rangeBetween, type StepRange } from "./step-range";

/* What the reader has set on the charts: all of them show the same steps, the same way. */

/** What a drag or the two fields chose; undefined: every step. */
export const zoom = signal<StepRange | undefined>(undefined);
/** Step under the pointer, in whichever chart it is. */
export const hovered = signal<number | undefined>(undefined);
/** Step that the slider stands at; undefined: the last one, also when it moves. */
export const pinned = signal<number | undefined>(undefined);
/** Weight of the moving average; 0: none. */
export const smoothing = signal(usual);
export const logarithmic = signal(false);
/** Whether the loss of single validation batches is drawn beside that of the whole file. */
export const showBatches = signal(false);
/** Ids of the jobs that are compared. */
export const compared = signal<string[]>([]);

/** Step that the charts' cursors are at. */
export const shownStep = computed(() => hovered.value ?? pinned.value);

/** Zooms in on the steps from one to another; gives up a pinned step that is out of sight then. @param all every step */
export function zoomTo(one: number, other: number, all: StepRange): void {
  const range = rangeBetween(one, other, all);
  const step = pinned.value;
  if (range && step !== undefined && (step < range.from || step > range.to)) pinned.value = undefined;
  zoom.value = range;
}

let drawnJob: string | undefined;

/** Steps that were chosen on the charts of one job mean nothing on those of another. Safe to repeat. @param job id of the job that is drawn */
export function startWith(job: string | undefined): void {
  if (job !== drawnJob) zoom.value = hovered.value = pinned.value = undefined;
  drawnJob = job;
}
