/** Limits of the create operation, as the published API description has them. Settings and handler judge by the same ones. */

/** The service takes a 32-bit seed. */
export const LARGEST_SEED = 2147483647;
/** Pairs, and characters of a key and a value. */
export const METADATA = { pairs: 16, key: 64, value: 512 } as const;
/** The suffix has room for 18 characters: this, a dash and 8 hex of the marker. */
export const SUFFIX_BASE = {
  pattern: /^[A-Za-z0-9_-]{0,9}$/,
  words: "at most 9 characters from A-Z a-z 0-9 - _",
} as const;
/** Azure's ids are `ftjob-` and 32 hex (recorded); others are left to the service. */
export const JOB_ID = { pattern: /^ftjob-[A-Za-z0-9_-]+$/, words: "the id of a fine-tuning job (ftjob-...)" } as const;

/** What is too much in metadata, in a sentence without its end; `undefined` where nothing is. */
export function metadataProblem(metadata: Record<string, string>): string | undefined {
  const pairs = Object.entries(metadata);
  if (pairs.length > METADATA.pairs) return `metadata has ${pairs.length} pairs; expected at most ${METADATA.pairs}`;
  const long = pairs.find(([key, value]) => key.length > METADATA.key || value.length > METADATA.value);
  if (!long) return undefined;
  return `metadata "${long[0].slice(0, METADATA.key)}" is too long; expected keys of up to ${METADATA.key} and values of up to ${METADATA.value} characters`;
}
