import { change, settings } from "./conversation";

interface Parameter {
  key: "temperature" | "topP" | "maxTokens" | "seed";
  label: string;
  hint: string;
  min: number;
  max?: number;
  step: number;
}

/** Ranges of the chat completions API (2024-10-21); an empty field leaves the choice to the service. */
const parameters: Parameter[] = [
  { key: "temperature", label: "Temperature", hint: "0 to 2", min: 0, max: 2, step: 0.1 },
  { key: "topP", label: "Top P", hint: "0 to 1", min: 0, max: 1, step: 0.05 },
  { key: "maxTokens", label: "Max tokens", hint: "of the answer", min: 1, step: 1 },
  { key: "seed", label: "Seed", hint: "any whole number", min: -9007199254740991, step: 1 },
];

/** How the answer is sampled. */
export function Parameters() {
  return (
    <fieldset>
      <legend>Parameters</legend>
      <div class="parameters">
        {parameters.map(({ key, label, hint, min, max, step }) => (
          <label key={key} class="field">
            <span>
              {label} <span class="muted small">{hint}</span>
            </span>
            <input
              type="number"
              inputMode="decimal"
              placeholder="default"
              {...{ min, max, step }}
              value={settings.value[key] ?? ""}
              onInput={({ currentTarget }) => set(key, currentTarget)}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A value out of range stays in the field, marked by the browser, and isn't sent. */
function set(key: Parameter["key"], field: HTMLInputElement): void {
  const { badInput, rangeOverflow, rangeUnderflow } = field.validity;
  const wholeOnly = key === "maxTokens" || key === "seed";
  const wrong = badInput || rangeOverflow || rangeUnderflow || (wholeOnly && !Number.isInteger(field.valueAsNumber));
  change({ [key]: wrong || field.value === "" ? undefined : field.valueAsNumber });
}
