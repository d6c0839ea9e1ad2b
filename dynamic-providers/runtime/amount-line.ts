import { duration } from "../../format/duration";

/** A file of which some bytes are done. */
export interface Amount {
  /** What is done with it, e.g. `uploading training_set-7a1c.jsonl`. */
  doing: string;
  bytesDone: number;
  bytes: number;
  /** Milliseconds since the first byte. */
  elapsedMs: number;
  /** Bytes that an earlier run did, which tell nothing about the pace. @default 0 */
  before?: number;
}

/** `45% · 8 s left · uploading training_set-7a1c.jsonl (12 of 27 MB)` */
export function amountLine({ doing, bytesDone, bytes, elapsedMs, before = 0 }: Amount): string {
  const share = bytes > 0 ? bytesDone / bytes : 1;
  const rate = (bytesDone - before) / Math.max(elapsedMs, 1);
  const left = share < 1 && rate > 0 ? [`${duration((bytes - bytesDone) / rate)} left`] : [];
  const size = bytesDone > 0 ? `${amount(bytesDone, bytes)} of ${sizeOf(bytes)}` : sizeOf(bytes);
  return [`${Math.floor(100 * share)}%`, ...left, `${doing} (${size})`].join(" · ");
}

/** `31 kB`, `27 MB`, `1.5 GB`; decimal, as Azure states its limits. */
export function sizeOf(bytes: number): string {
  const unit = unitOf(bytes);
  return `${amount(bytes, bytes)} ${unit.name}`;
}

const UNITS = [
  { name: "GB", bytes: 1e9, digits: 1 },
  { name: "MB", bytes: 1e6, digits: 0 },
  { name: "kB", bytes: 1e3, digits: 0 },
];

function unitOf(bytes: number) {
  return UNITS.find((unit) => bytes >= unit.bytes) ?? { name: "bytes", bytes: 1, digits: 0 };
}

/** @param whole - decides the unit */
function amount(bytes: number, whole: number): string {
  const unit = unitOf(whole);
  return (bytes / unit.bytes).toFixed(unit.digits);
}
