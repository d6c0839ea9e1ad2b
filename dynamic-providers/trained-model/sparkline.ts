const bars = "▁▂▃▄▅▆▇█";

/**
 * A curve in one line of text: the values in `width` groups, each as a bar of its mean between the lowest and the highest.
 * Empty for no values.
 */
export function sparkline(values: number[], width = 40): string {
  const groups = Math.min(width, values.length);
  const means = Array.from({ length: groups }, (_, group) => {
    const from = Math.floor((group * values.length) / groups);
    const part = values.slice(from, Math.floor(((group + 1) * values.length) / groups));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const lowest = Math.min(...means);
  const span = Math.max(...means) - lowest;
  const bar = (mean: number) => bars[span === 0 ? 0 : Math.round(((mean - lowest) / span) * (bars.length - 1))];
  return means.map(bar).join("");
}
