// Where everything lies in the kernel's memory, in bytes. The table comes first: byte-pair-table.ts views it from outside.

/** Tree of the tokens' bytes: slots of a key (node * 256 + byte + 1, 0 for none) and the child node. */
export const NODE_SLOTS: u32 = 1 << 20;
/** Merges: slots of two words. */
export const PAIR_SLOTS: u32 = 1 << 19;
/** Words of the filter of pairs: 256 KB, which a processor's near cache holds. */
export const FILTER_WORDS: u32 = 1 << 16;
export const RANKS: u32 = 1 << 18;

/** The compiler's own constants lie before it. */
export const TABLE: usize = 0x10000;
export const NODES: usize = TABLE;
export const PAIRS: usize = NODES + 8 * NODE_SLOTS;
export const FILTER: usize = PAIRS + 8 * PAIR_SLOTS;
/** Node of two bytes, by `first * 256 + second`, or -1. */
export const TWO_BYTES: usize = FILTER + 4 * FILTER_WORDS;
/** Rank of the next shorter token that a token starts with, or -1. */
export const PREFIXES: usize = TWO_BYTES + 4 * 65536;
/** The two tokens whose merge makes a token; of a single byte twice itself. */
export const PARTS: usize = PREFIXES + 4 * RANKS;
/** Rank of each single byte. */
export const ONE_BYTE: usize = PARTS + 8 * RANKS;
/** Number of tokens. */
export const SIZE: usize = ONE_BYTE + 4 * 256;
/** Length in bytes of each token. */
export const LENGTHS: usize = SIZE + 4;
/** Class of every code point: see character-classes.ts. */
export const CLASSES: usize = LENGTHS + RANKS;
const TABLE_END: usize = CLASSES + 0x110000;
export const TABLE_BYTES: usize = TABLE_END - TABLE;

/** Answers of `isEncoding` to what was asked lately: left, and right with the answer in the sign. */
export const ANSWERS_SHIFT: u32 = 18;
export const ANSWERS: usize = (TABLE_END + 63) & ~63;
const ANSWERS_BYTES: usize = 8 << (32 - ANSWERS_SHIFT);

/** Pieces of up to 15 bytes with their counts: buckets of two slots of 16 bytes. */
export const SHORT_BUCKETS: u32 = 1 << 17;
export const SHORT_COUNTS: usize = ANSWERS + ANSWERS_BYTES;
/** Pieces of 16 to 24 bytes: slots of 32 bytes, so that a bucket is a line of the processor's cache. */
export const MIDDLE_BUCKETS: u32 = 1 << 15;
export const MIDDLE_COUNTS: usize = SHORT_COUNTS + 32 * SHORT_BUCKETS;
/** Pieces of 25 to 120 bytes: slots of 128 bytes. Of these 4 MB, most files fill all: four times as many were no faster. */
export const LONG_BUCKETS: u32 = 1 << 14;
export const LONG_COUNTS: usize = MIDDLE_COUNTS + 64 * MIDDLE_BUCKETS;

/** Pieces that are taken at a time, 40 bytes each: see piece-batch.ts. */
export const BATCH_PIECES: u32 = 64;
export const BATCH: usize = LONG_COUNTS + 256 * LONG_BUCKETS;

/** Minima of the sketch. */
export const BINS: usize = BATCH + 40 * BATCH_PIECES;
/** What `endSketch` has found: eight band keys, then the hash of the whole in two halves. */
export const SKETCH: usize = BINS + 4 * 32;
/** Ranks and merges of a short piece. */
export const SHORT_RANKS: usize = SKETCH + 4 * 10;
export const SHORT_MERGES: usize = SHORT_RANKS + 4 * 32;

/** Messages of a plain chat row: start and end of the text (4 bytes each), role, kinds of secrets (1 byte each), 6 unused. */
export const MAX_MESSAGES: u32 = 256;
export const MESSAGES: usize = SHORT_MERGES + 4 * 32;
/** Totals of a plain chat row: tokens, the assistant's, hash of the system message, kinds of secrets in any message, messages. */
export const TOTALS: usize = MESSAGES + 16 * MAX_MESSAGES;

/** Shingles that most examples share: a filter by bits, and slots of one word. */
export const COMMON_FILTER_BYTES: u32 = 1 << 12;
export const COMMON_FILTER: usize = (TOTALS + 4 * 8 + 63) & ~63;
export const COMMON_SLOT_COUNT: u32 = 1 << 14;
export const COMMON_SLOTS: usize = COMMON_FILTER + COMMON_FILTER_BYTES;

/** Rows and texts are put here; room.ts divides what lies behind. */
export const SOURCE: usize = COMMON_SLOTS + 4 * COMMON_SLOT_COUNT;
/** Bytes behind every one of these, as words are read whole. */
export const MARGIN: usize = 64;
