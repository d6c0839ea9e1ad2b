import { useId, useRef } from "preact/hooks";
import { JsonField } from "./json-field";
import { outOfRange, type Parameter, parameters, readNumber } from "./parameter-values";
import { Section } from "./section";
import { change, offeredEfforts, refusing, selectedChoices, settings } from "./settings";
import { readStop } from "./typed-parameters";

/** How the answer is made. What every selected model refuses isn't offered; what one of two refuses goes to the other alone, and says so. */
export function Parameters() {
  return (
    <Section title="Parameters">
      <div class="parameters">
        {parameters
          .filter(({ key }) => isOffered(key))
          .map((parameter) => (
            <ParameterField key={parameter.key} parameter={parameter} />
          ))}
      </div>
      {isOffered("stop") && <StopField />}
      <ReasoningEffortField />
      <Refused />
    </Section>
  );
}

function isOffered(parameter: string): boolean {
  const { deployments } = settings.value;
  return deployments.length === 0 || refusing(parameter).length < deployments.length;
}

/** Hidden where no selected model reasons. */
function ReasoningEffortField() {
  const efforts = offeredEfforts();
  const { reasoningEffort } = settings.value;
  if (efforts.length === 0) return null;
  const refusing = selectedChoices().filter(
    (choice) => reasoningEffort && !choice.reasoningEfforts.includes(reasoningEffort),
  );
  return (
    <>
      <label class="field">
        Reasoning effort
        <select
          value={reasoningEffort && efforts.includes(reasoningEffort) ? reasoningEffort : ""}
          onChange={({ currentTarget: { value } }) =>
            change({ reasoningEffort: efforts.find((effort) => effort === value) })
          }
        >
          <option value="">default</option>
          {efforts.map((effort) => (
            <option key={effort} value={effort}>
              {effort}
            </option>
          ))}
        </select>
      </label>
      {refusing.map(({ name, reasoningEfforts: taken }) => (
        <p key={name} class="muted small">
          {name} takes {taken.length > 0 ? `only ${taken.join(", ")}` : "no reasoning effort"}, so yours is not sent to
          it.
        </p>
      ))}
    </>
  );
}

function StopField() {
  const { stop } = settings.value;
  return (
    <JsonField
      label="Stop sequences"
      hint={"up to 4, one per line; \\n stands for a line break"}
      rows={2}
      value={stop}
      wrong={readStop(stop).wrong}
      change={(text) => change({ stop: text })}
    />
  );
}

const names: [key: string, name: string][] = [
  ...parameters.map(({ key, label }): [string, string] => [key, label]),
  ["stop", "Stop sequences"],
];

/** Which selected deployments don't get what. */
function Refused() {
  return (
    <>
      {settings.value.deployments.map((deployment) => {
        const refused = names
          .filter(([key]) => refusing(key).includes(deployment))
          .map(([, name]) => name.toLowerCase());
        if (refused.length === 0) return null;
        return (
          <p key={deployment} class="muted small">
            {deployment} serves a reasoning model, which doesn't accept {refused.join(", ")}, so these are not sent to
            it.
          </p>
        );
      })}
    </>
  );
}

/**
 * The field keeps what is typed, key by key: on the way to 0.95 stand 0, "0." and 0.9. It is written to only when the setting changes
 * elsewhere. A text that is no number in range stays, marked with the range, and isn't sent.
 */
function ParameterField({ parameter }: { parameter: Parameter }) {
  const { key, label, hint, whole } = parameter;
  const id = useId();
  const text = useRef<string | undefined>(undefined);
  const value = settings.value[key];
  if (text.current === undefined || (!wrongNow(text.current) && readNumber(parameter, text.current) !== value))
    text.current = value === undefined ? "" : String(value);
  const wrong = wrongNow(text.current);
  return (
    <div class="field">
      <label for={id}>
        {label} <span class="muted small">{hint}</span>
      </label>
      <input
        id={id}
        type="text"
        inputMode={whole ? "numeric" : "decimal"}
        autocomplete="off"
        placeholder="default"
        value={text.current}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onInput={({ currentTarget }) => {
          text.current = currentTarget.value;
          change({ [key]: readNumber(parameter, currentTarget.value) });
        }}
      />
      {wrong && (
        <span class="wrong small" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </div>
  );

  function wrongNow(typed: string): string | undefined {
    return outOfRange(parameter, typed);
  }
}
