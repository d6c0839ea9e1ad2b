import { duration } from "../../format/duration";

/** `45 s`, `12 min`, `3 h 5 min`, as format/duration.ts writes them. */
const TIME = "(\\d+ s|\\d+ min|\\d+ h(?: \\d+ min)?)";
const LEFT = new RegExp(`^${TIME} left$`);
const WAIT = new RegExp(`^waiting ${TIME}$`);
const WAITED = new RegExp(`^waited ${TIME} of up to ${TIME}$`);
const STATUS = new RegExp(`^([a-z_]+) ${TIME}$`);

/**
 * A part of a status as it reads some time later: what is left gets less, what has passed gets more. Everything else is as it was.
 *
 * @param part - `5 s left`, `running 12 s`, `waited 4 min of up to 15 min`
 * @param elapsedMs - since the status arrived
 */
export function ticked(part: string, elapsedMs: number): string {
  const left = LEFT.exec(part)?.[1];
  if (left !== undefined) {
    const rest = remaining(left, elapsedMs);
    return rest > 0 ? `${duration(rest)} left` : "any moment now";
  }
  const wait = WAIT.exec(part)?.[1];
  if (wait !== undefined) {
    const rest = remaining(wait, elapsedMs);
    return rest > 0 ? `waiting ${duration(rest)}` : "waiting";
  }
  const [, waited, most] = WAITED.exec(part) ?? [];
  if (waited !== undefined && most !== undefined)
    return `waited ${duration(Math.min(passed(waited, elapsedMs), milliseconds(most)))} of up to ${most}`;
  const [, status, since] = STATUS.exec(part) ?? [];
  return status !== undefined && since !== undefined ? `${status} ${duration(passed(since, elapsedMs))}` : part;
}

function remaining(time: string, elapsedMs: number): number {
  return milliseconds(time) - 1000 * Math.floor(elapsedMs / 1000);
}

/** In whole units of the time itself, which was rounded up: a minute is not added after a second. */
function passed(time: string, elapsedMs: number): number {
  const unit = time.endsWith("s") ? 1000 : 60_000;
  return milliseconds(time) + unit * Math.floor(elapsedMs / unit);
}

function milliseconds(time: string): number {
  const units: Record<string, number> = { s: 1000, min: 60_000, h: 3_600_000 };
  return [...time.matchAll(/(\d+) (s|min|h)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit!]!,
    0,
  );
}
