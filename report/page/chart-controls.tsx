import { useEffect, useRef } from "preact/hooks";
import { logarithmic, pinned, showBatches, shownStep, smoothing, zoom, zoomTo } from "./chart-view";
import type { CurveData } from "./curve-data";
import { valueAt } from "./curve-value";
import { Slider } from "./slider";
import type { Measure } from "./measures";
import { strongest } from "./smoothing";
import { readStep, type StepRange } from "./step-range";

export interface ChartControlsProps {
  /** Every step. */
  all: StepRange;
  /** Of the first chart, and its curves. */
  measure: Measure;
  data: CurveData;
  /** Whether single batches and the whole file were validated. */
  bothValidations: boolean;
}

/** What a pointer does on the charts, for the keyboard and for fingers too; and how the curves are drawn. */
export function ChartControls({ all, measure, data, bothValidations }: ChartControlsProps) {
  const range = zoom.value ?? all;
  return (
    <div class="controls" role="group" aria-label="All charts">
      <StepSlider {...{ range, measure, data }} />
      <Zoom range={range} all={all} />
      <Slider
        label="Smoothing"
        value={smoothing.value}
        {...{ min: 0, max: strongest, step: 0.01 }}
        output={smoothing.value === 0 ? "off" : smoothing.value.toFixed(2)}
        onInput={(value) => (smoothing.value = value)}
      />
      <div class="checks">
        {measure.canBeLogarithmic && (
          <Check
            label={`Logarithmic ${measure.title.toLowerCase()}`}
            checked={logarithmic.value}
            onChange={(on) => (logarithmic.value = on)}
          />
        )}
        {bothValidations && (
          <Check
            label="Validation of single batches"
            checked={showBatches.value}
            onChange={(on) => (showBatches.value = on)}
          />
        )}
      </div>
    </div>
  );
}

/** Moves along the steps that are shown; at its right end it stays with the last one. */
function StepSlider({ range, measure, data }: { range: StepRange } & Pick<ChartControlsProps, "measure" | "data">) {
  const steps = data.steps.filter((step) => step >= range.from && step <= range.to);
  const end = Math.max(0, steps.length - 1);
  const shown = readStep(data.steps, shownStep.value, zoom.value);
  const found = shown === undefined ? end : steps.findLastIndex((step) => step <= shown);
  const values = data.curves.map((curve) => `${curve.label} ${measure.show(valueAt(data, curve, shown).value)}`);
  const step = shown ?? data.steps.at(-1);
  return (
    <Slider
      label="Values at"
      value={Math.max(0, found)}
      {...{ min: 0, max: Math.max(1, end), step: 1 }}
      output={`step ${step}`}
      spoken={`step ${step}. ${measure.title}: ${values.join(", ")}`}
      onInput={(value) => (pinned.value = value < end ? steps[value] : undefined)}
    />
  );
}

function Zoom({ range, all }: { range: StepRange; all: StepRange }) {
  const zoomed = zoom.value !== undefined;
  return (
    <div class="control">
      <StepField
        label="Steps"
        spoken="First step shown"
        value={range.from}
        all={all}
        onChange={(from) => zoomTo(from, range.to, all)}
      />
      <StepField
        label="to"
        spoken="Last step shown"
        value={range.to}
        all={all}
        onChange={(to) => zoomTo(range.from, to, all)}
      />
      {/* Never `disabled`: the focus would be lost with it. */}
      <button type="button" class="slim" aria-disabled={!zoomed} onClick={() => (zoom.value = undefined)}>
        Reset zoom
      </button>
    </div>
  );
}

interface StepFieldProps {
  label: string;
  /** The field's whole name. */
  spoken: string;
  value: number;
  all: StepRange;
  onChange: (step: number) => void;
}

function StepField({ label, spoken, value, all, onChange }: StepFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  // Set when the zoom changes, and not at each look of a live page, which would undo what is being typed.
  const show = () => (field.current!.value = String(value));
  useEffect(() => void show(), [value]);
  const take = ({ currentTarget: { valueAsNumber } }: { currentTarget: HTMLInputElement }) => {
    if (Number.isFinite(valueAsNumber)) onChange(valueAsNumber);
    show();
  };
  return (
    <label>
      <span aria-hidden="true">{label}</span>
      <span class="visually-hidden">{spoken}</span>{" "}
      <input ref={field} type="number" min={all.from} max={all.to} onChange={take} />
    </label>
  );
}

function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="control">
      <input type="checkbox" checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />{" "}
      {label}
    </label>
  );
}
