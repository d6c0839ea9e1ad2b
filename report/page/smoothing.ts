/**
 * Exponential moving average with the bias of its start taken out, as TensorBoard smooths its curves (`resmoothDataset` in
 * tensorboard/components/vz_line_chart2/line-chart.ts) and W&B did: y' = w y' + (1 - w) y, divided by 1 - w^n for the n-th value.
 * A step without a value has none afterwards either, and doesn't count.
 *
 * @param weight - of what came before, 0 (the curve itself) to just below 1
 */
export function smoothed(values: (number | null)[], weight: number): (number | null)[] {
  let [average, count] = [0, 0];
  return values.map((value) => {
    if (value === null) return null;
    average = weight * average + (1 - weight) * value;
    count += 1;
    return average / (1 - weight ** count);
  });
}

/** The slider's end: with more, a curve of some hundred steps is a flat line. */
export const strongest = 0.99;
/** Where TensorBoard's slider stands at first. */
export const usual = 0.6;
