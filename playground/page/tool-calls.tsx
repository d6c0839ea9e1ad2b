import type { Signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { ToolCall } from "../../azure-openai/chat-types";
import { giveResults } from "./ask";
import { type Answer, busy, type ToolRound, type Turn } from "./turns";

/** Tools that were called on the way to an answer, with what they gave. */
export function PastRounds({ rounds }: { rounds: ToolRound[] }) {
  return (
    <>
      {rounds.map(({ calls, results, text }, round) => (
        <div key={round} class="calls">
          {text !== "" && <p class="text">{text}</p>}
          {calls.map((call, index) => (
            <div key={call.id} class="call">
              <Call call={call} />
              <p class="muted small">Result</p>
              <pre tabIndex={0}>{results[index]}</pre>
            </div>
          ))}
        </div>
      ))}
    </>
  );
}

/** Tools that the model waits for: nothing is called from here, a person types what each would give. */
export function OpenCalls({ turn, answer, calls }: { turn: Turn; answer: Signal<Answer>; calls: ToolCall[] }) {
  const [results, setResults] = useState<string[]>([]);
  const set = (index: number, result: string) =>
    setResults(calls.map((_, at) => (at === index ? result : (results[at] ?? ""))));
  const complete = calls.every((_, index) => (results[index] ?? "") !== "");
  return (
    <form
      class="calls"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) void giveResults(turn, answer, results);
      }}
    >
      {calls.map((call, index) => (
        <div key={call.id} class="call">
          <Call call={call} />
          <label class="field">
            Result of {call.name}
            <textarea
              rows={2}
              value={results[index] ?? ""}
              placeholder="What the function returns, e.g. JSON"
              onInput={({ currentTarget }) => set(index, currentTarget.value)}
            />
          </label>
        </div>
      ))}
      <div class="row">
        <button type="submit" disabled={!complete || busy.value}>
          Send {calls.length === 1 ? "the result" : "the results"}
        </button>
        <span class="muted small">Without a result, the call is left out of what you ask next.</span>
      </div>
    </form>
  );
}

function Call({ call: { name, arguments: given } }: { call: ToolCall }) {
  return (
    <>
      <p>
        <span class="badge">tool call</span> <code>{name}</code>
      </p>
      <pre tabIndex={0} aria-label={`Arguments of ${name}`}>
        {pretty(given)}
      </pre>
    </>
  );
}

/** A model may write arguments that are no JSON: then as they are. */
function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
