/**
 * A moment as people read it: `2026-11-29 15:05 UTC`.
 *
 * @param iso - ISO 8601; what is none is returned as it is.
 */
export function moment(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  return `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
