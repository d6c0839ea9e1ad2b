import type { FewShotExample } from "../api";
import { change, settings } from "./conversation";

/** Question and answer pairs that come before the conversation. */
export function FewShot({ preset }: { preset: FewShotExample[] }) {
  const examples = settings.value.fewShot;
  const set = (fewShot: FewShotExample[]) => change({ fewShot });
  const edit = (index: number, part: Partial<FewShotExample>) =>
    set(examples.map((example, at) => (at === index ? { ...example, ...part } : example)));
  return (
    <fieldset>
      <legend>Few-shot examples</legend>
      <ol class="examples">
        {examples.map((example, index) => (
          <li key={index}>
            <Example
              example={example}
              number={index + 1}
              last={index === examples.length - 1}
              edit={(part) => edit(index, part)}
              move={(by) => set(moved(examples, index, by))}
              remove={() => set(examples.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ol>
      <div class="row">
        <button type="button" onClick={() => set([...examples, { user: "", assistant: "" }])}>
          Add an example
        </button>
        <button type="button" class="quiet" onClick={() => set(preset)}>
          The lab's example
        </button>
      </div>
    </fieldset>
  );
}

interface ExampleProps {
  example: FewShotExample;
  number: number;
  last: boolean;
  edit: (part: Partial<FewShotExample>) => void;
  move: (by: -1 | 1) => void;
  remove: () => void;
}

function Example({ example, number, last, edit, move, remove }: ExampleProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.altKey && ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key as "ArrowUp"];
    if (!by) return;
    event.preventDefault();
    move(by);
  };
  return (
    <div class="example" role="group" aria-label={`Example ${number}`} onKeyDown={onKeyDown}>
      <label class="field">
        User
        <textarea rows={2} value={example.user} onInput={({ currentTarget }) => edit({ user: currentTarget.value })} />
      </label>
      <label class="field">
        Assistant
        <textarea
          rows={3}
          value={example.assistant}
          onInput={({ currentTarget }) => edit({ assistant: currentTarget.value })}
        />
      </label>
      <div class="row end">
        <button type="button" class="quiet" disabled={number === 1} onClick={() => move(-1)} title="Alt+Arrow up">
          Move up<span class="visually-hidden"> example {number}</span>
        </button>
        <button type="button" class="quiet" disabled={last} onClick={() => move(1)} title="Alt+Arrow down">
          Move down<span class="visually-hidden"> example {number}</span>
        </button>
        <button type="button" class="quiet" onClick={remove}>
          Remove<span class="visually-hidden"> example {number}</span>
        </button>
      </div>
    </div>
  );
}

/** The list with one example a place further; as it is at the ends. */
function moved(examples: FewShotExample[], from: number, by: -1 | 1): FewShotExample[] {
  const to = from + by;
  if (to < 0 || to >= examples.length) return examples;
  const result = [...examples];
  [result[from], result[to]] = [result[to]!, result[from]!];
  return result;
}
