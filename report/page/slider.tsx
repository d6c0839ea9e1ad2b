export interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** Shown beside it. */
  output: string;
  /** Said instead of the number, where `output` is not enough. */
  spoken?: string;
  onInput: (value: number) => void;
}

/** The browser's own slider, with its value in words. */
export function Slider({ label, value, min, max, step, output, spoken = output, onInput }: SliderProps) {
  return (
    <label class="control slider">
      <span>{label}</span>
      <input
        type="range"
        {...{ min, max, step, value }}
        aria-valuetext={spoken}
        onInput={({ currentTarget }) => onInput(currentTarget.valueAsNumber)}
      />
      <span class="slider-value" aria-hidden="true">
        {output}
      </span>
    </label>
  );
}
