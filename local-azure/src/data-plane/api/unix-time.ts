/** Seconds since 1970, as the API counts time. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
