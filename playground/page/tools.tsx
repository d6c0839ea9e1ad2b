import { JsonField } from "./json-field";
import { Section } from "./section";
import { change, settings } from "./settings";
import { readTools } from "./typed-parameters";

const sample = [
  {
    name: "find_lesson",
    description: "Finds a lesson about a subject",
    parameters: {
      type: "object",
      properties: { subject: { type: "string" }, most: { type: "integer" } },
      required: ["subject", "most"],
      additionalProperties: false,
    },
    strict: true,
  },
];

/** Functions that the model may ask to be called. */
export function Tools() {
  const { tools } = settings.value;
  const { value, wrong } = readTools(tools);
  return (
    <Section title="Tools">
      <p class="muted small">
        Functions are not run here. A call is shown in the answer, and you type what the function returns.
      </p>
      <JsonField
        label="Functions"
        hint={value ? value.map(({ name }) => name).join(", ") : "a JSON list"}
        rows={tools.trim() === "" ? 2 : 6}
        value={tools}
        wrong={wrong}
        change={(text) => change({ tools: text })}
      />
      {tools.trim() === "" && (
        <div class="row">
          <button type="button" onClick={() => change({ tools: JSON.stringify(sample, null, 2) })}>
            Insert a sample function
          </button>
        </div>
      )}
    </Section>
  );
}
