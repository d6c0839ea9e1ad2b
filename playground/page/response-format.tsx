import { JsonField } from "./json-field";
import { Section } from "./section";
import { change, settings } from "./settings";
import type { Settings } from "./settings-values";
import { readFormat } from "./typed-parameters";

const formats: Record<Settings["format"], string> = {
  text: "Text",
  json_object: "JSON object",
  json_schema: "JSON schema",
};

/** A schema that strict mode takes. */
const sample = {
  name: "lesson",
  strict: true,
  schema: {
    type: "object",
    properties: {
      title: { type: "string" },
      level: { enum: ["beginner", "advanced"] },
      minutes: { type: "integer" },
    },
    required: ["title", "level", "minutes"],
    additionalProperties: false,
  },
};

/** Whether the answer is text or JSON. */
export function ResponseFormat() {
  const { format, schema } = settings.value;
  return (
    <Section title="Response format">
      <label class="field">
        Format
        <select
          value={format}
          onChange={({ currentTarget }) => change({ format: currentTarget.value as Settings["format"] })}
        >
          {Object.entries(formats).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {format === "json_object" && (
        <p class="muted small">The service rejects this unless a message explicitly asks for JSON.</p>
      )}
      {format === "json_schema" && (
        <>
          <JsonField
            label="JSON schema"
            hint="with name and strict, or bare"
            rows={6}
            value={schema}
            wrong={readFormat(settings.value).wrong}
            change={(text) => change({ schema: text })}
          />
          {schema.trim() === "" && (
            <div class="row">
              <button type="button" onClick={() => change({ schema: JSON.stringify(sample, null, 2) })}>
                Insert a sample schema
              </button>
            </div>
          )}
        </>
      )}
    </Section>
  );
}
