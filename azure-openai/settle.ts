/**
 * How long a list of jobs or files may lag behind a write. After its own POST a submitter compares for this long what others submitted.
 * A guess: Azure documents no bound, and none was measured.
 */
export const SETTLE_MS = 5_000;

/**
 * After a lost answer (time-out, reset, 5xx) the object is looked for this long before the POST is repeated: a gateway may give up
 * while the service still works on the request. Also a guess; when it is too short, the second job is found and cancelled by its marker.
 */
export const LOST_ANSWER_MS = 30_000;

/**
 * A list that can't be read proves nothing: where it decides about a paid job it is waited for this much longer, as long as Azure's
 * shorter outages of a region last.
 */
export const LIST_OUTAGE_MS = 5 * 60_000;

/** Lists are read this often while something settles. */
export const SETTLE_LOOK_MS = 1_000;
