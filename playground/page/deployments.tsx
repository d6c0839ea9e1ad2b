import type { DeploymentChoice } from "../api";
import { Section } from "./section";
import { change, settings } from "./settings";

const kinds = { "fine-tuned": "fine-tuned", checkpoint: "checkpoint", base: "base model" };

/** Which deployments answer: one, or two side by side. */
export function Deployments({ choices }: { choices: DeploymentChoice[] }) {
  const [first = "", second = ""] = settings.value.deployments;
  const select = (one: string, other: string) =>
    change({ deployments: [one, other].filter((name, index, names) => name !== "" && names.indexOf(name) === index) });
  return (
    <Section title="Deployments">
      <label class="field">
        Deployment
        <select
          value={first}
          onChange={({ currentTarget }) => select(currentTarget.value, second)}
          disabled={choices.length === 0}
        >
          {choices.length === 0 && <option value="">no deployment on the account yet</option>}
          {choices.map((choice) => (
            <Choice key={choice.name} choice={choice} />
          ))}
        </select>
      </label>
      <label class="field">
        Side by side with
        <select
          value={second}
          onChange={({ currentTarget }) => select(first, currentTarget.value)}
          disabled={choices.length < 2}
        >
          <option value="">{choices.length < 2 ? "no other deployment on the account" : "none"}</option>
          {choices
            .filter(({ name }) => name !== first)
            .map((choice) => (
              <Choice key={choice.name} choice={choice} />
            ))}
        </select>
      </label>
      {!choices.some(({ kind }) => kind === "base") && (
        <p class="muted small">
          To compare with the base model, set <code>deploy.baseModel.enabled</code> to true and run <code>up</code>: it
          is deployed beside the tuned one, and billed by the tokens of its answers.
        </p>
      )}
    </Section>
  );
}

function Choice({ choice: { name, model, kind, sku, state } }: { choice: DeploymentChoice }) {
  return (
    <option value={name} title={`${model}, ${sku}`}>
      {name} ({state === "Succeeded" ? kinds[kind] : state})
    </option>
  );
}
