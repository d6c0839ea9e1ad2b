import type { DeploymentChoice } from "../api";
import { Section } from "./section";
import { change, settings } from "./settings";

const kinds = { "fine-tuned": "fine-tuned", checkpoint: "checkpoint", base: "base model" };

/** Labels of the lists: the first answers, and up to two others beside it. */
const labels = ["Deployment", "Side by side with", "and with"];

/** Which deployments answer: one, or two or three side by side. */
export function Deployments({ choices }: { choices: DeploymentChoice[] }) {
  const { deployments } = settings.value;
  const select = (place: number, name: string) => {
    const chosen = labels.map((_, index) => (index === place ? name : (deployments[index] ?? "")));
    change({ deployments: chosen.filter((one, index) => one !== "" && chosen.indexOf(one) === index) });
  };
  // A list that could only be empty is not shown; the second always is.
  const lists = Math.min(labels.length, Math.max(2, Math.min(choices.length, deployments.length + 1)));
  return (
    <Section title="Deployments">
      {labels.slice(0, lists).map((label, place) => (
        <label key={label} class="field">
          {label}
          <select
            value={deployments[place] ?? ""}
            onChange={({ currentTarget }) => select(place, currentTarget.value)}
            disabled={choices.length <= place}
          >
            {place === 0
              ? choices.length === 0 && <option value="">no deployments in the account yet</option>
              : (choices.length <= place && <option value="">no other deployments in the account</option>) || (
                  <option value="">none</option>
                )}
            {choices
              .filter(({ name }) => !deployments.slice(0, place).includes(name))
              .map((choice) => (
                <Choice key={choice.name} choice={choice} />
              ))}
          </select>
        </label>
      ))}
      {!choices.some(({ kind }) => kind === "base") && (
        <p class="muted small">
          To compare with the base model, set <code>deploy.baseModel.enabled</code> to true and run <code>up</code>: the
          base model is then deployed beside the tuned one and billed per token.
        </p>
      )}
    </Section>
  );
}

function Choice({ choice: { name, model, kind, sku, state, version, temporary } }: { choice: DeploymentChoice }) {
  const what = [
    version === undefined ? kinds[kind] : `version ${version}`,
    ...(temporary ? ["temporary, for an evaluation"] : []),
  ];
  return (
    <option value={name} title={`${model}, ${sku}`}>
      {name} ({state === "Succeeded" ? what.join(", ") : state})
    </option>
  );
}
