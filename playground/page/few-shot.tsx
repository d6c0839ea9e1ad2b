import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ChatImage } from "../../azure-openai/chat-types";
import type { FewShotExample } from "../api";
import { AddImages, ImagesNote } from "./add-images";
import { Images } from "./images";
import { imagesBefore } from "./turns";
import { Section } from "./section";
import { change, isComplete, settings } from "./settings";

/** Controls of an example, by the attribute `data-control`. */
type Control = "user" | "assistant" | "up" | "down" | "remove";

/** Question and answer pairs that come before the conversation. */
export function FewShot({ preset }: { preset: FewShotExample[] }) {
  const examples = settings.value.fewShot;
  const set = (fewShot: FewShotExample[]) => change({ fewShot });
  const list = useRef<HTMLOListElement>(null);
  const focus = useFocusAfterChange(list);
  const edit = (index: number, part: Partial<FewShotExample>) =>
    set(examples.map((example, at) => (at === index ? { ...example, ...part } : example)));
  const add = () => {
    focus(examples.length, "user");
    set([...examples, { user: "", assistant: "" }]);
  };
  const move = (from: number, by: -1 | 1, control: Control) => {
    const to = from + by;
    if (to < 0 || to >= examples.length) return;
    focus(to, control);
    set(swapped(examples, from, to));
  };
  const remove = (index: number) => {
    focus(Math.min(index, examples.length - 2), "remove");
    set(examples.filter((_, at) => at !== index));
  };
  return (
    <Section title="Few-shot examples">
      {examples.length === 0 && (
        <p class="muted small">None. Examples show the model how to answer; they are sent with every question.</p>
      )}
      <ol class="examples" ref={list}>
        {examples.map((example, index) => (
          <li key={index}>
            <Example
              example={example}
              number={index + 1}
              last={index === examples.length - 1}
              edit={(part) => edit(index, part)}
              move={(by, control) => move(index, by, control)}
              remove={() => remove(index)}
            />
          </li>
        ))}
      </ol>
      <div class="row">
        <button type="button" data-control="add" onClick={add}>
          Add an example
        </button>
        {!has(examples, preset) && (
          <button type="button" onClick={() => set([...examples, ...preset])}>
            Add the sample example
          </button>
        )}
      </div>
    </Section>
  );
}

/** Whether the sample is there already, unchanged. */
function has(examples: FewShotExample[], preset: FewShotExample[]): boolean {
  return preset.every((one) =>
    examples.some(({ user, assistant }) => user === one.user && assistant === one.assistant),
  );
}

interface ExampleProps {
  example: FewShotExample;
  number: number;
  last: boolean;
  edit: (part: Partial<FewShotExample>) => void;
  move: (by: -1 | 1, control: Control) => void;
  remove: () => void;
}

function Example({ example, number, last, edit, move, remove }: ExampleProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.altKey && ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key as "ArrowUp"];
    if (!by) return;
    event.preventDefault();
    move(by, (event.target as HTMLElement).dataset["control"] as Control);
  };
  return (
    <div class="example" role="group" aria-label={`Example ${number}`} onKeyDown={onKeyDown}>
      <label class="field">
        User
        <textarea
          rows={2}
          data-control="user"
          value={example.user}
          onInput={({ currentTarget }) => edit({ user: currentTarget.value })}
        />
      </label>
      <label class="field">
        Assistant
        <textarea
          rows={3}
          data-control="assistant"
          value={example.assistant}
          onInput={({ currentTarget }) => edit({ assistant: currentTarget.value })}
        />
      </label>
      <ExampleImages images={example.images ?? []} set={(images) => edit({ images })} />
      {!isComplete(example) && <p class="muted small">Not sent until both sides are filled in.</p>}
      <div class="row end">
        <Mover control="up" number={number} disabled={number === 1} onClick={() => move(-1, "up")} />
        <Mover control="down" number={number} disabled={last} onClick={() => move(1, "down")} />
        <button type="button" class="small-button" data-control="remove" onClick={remove}>
          Remove<span class="visually-hidden"> example {number}</span>
        </button>
      </div>
    </div>
  );
}

/** Images of the user's side. */
function ExampleImages({ images, set }: { images: ChatImage[]; set: (images: ChatImage[]) => void }) {
  const [wrong, say] = useState<string | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  return (
    <div class="row" ref={place}>
      <Images images={images} remove={(index) => set(images.filter((_, at) => at !== index))} />
      <AddImages
        draft={{ images: [] }}
        before={imagesBefore()}
        change={(draft) => {
          say(draft.wrong);
          if (draft.images.length > 0) set([...images, ...draft.images]);
        }}
        done={() => place.current?.parentElement?.querySelector("textarea")?.focus()}
      />
      <ImagesNote images={images} wrong={wrong} />
    </div>
  );
}

interface MoverProps {
  control: "up" | "down";
  number: number;
  disabled: boolean;
  onClick: () => void;
}

function Mover({ control, number, disabled, onClick }: MoverProps) {
  return (
    <button
      type="button"
      class="small-button"
      data-control={control}
      disabled={disabled}
      onClick={onClick}
      title={`Alt+Arrow ${control}`}
    >
      Move {control}
      <span class="visually-hidden"> example {number}</span>
    </button>
  );
}

/** The focus goes with the example that was moved or added, so that the same key moves it on; after the last one to the button that adds. */
function useFocusAfterChange(list: { current: HTMLOListElement | null }): (index: number, control: Control) => void {
  const wanted = useRef<{ index: number; control: Control } | undefined>(undefined);
  useLayoutEffect(() => {
    if (!wanted.current) return;
    const { index, control } = wanted.current;
    wanted.current = undefined;
    const scope = list.current!.children[index] ?? list.current!.parentElement!;
    const all = [...scope.querySelectorAll<HTMLElement & { disabled: boolean }>("[data-control]")];
    const enabled = all.filter(({ disabled }) => !disabled);
    (enabled.find(({ dataset }) => dataset["control"] === control) ?? enabled.at(-1))?.focus();
  });
  return (index, control) => (wanted.current = { index, control });
}

function swapped(examples: FewShotExample[], from: number, to: number): FewShotExample[] {
  const result = [...examples];
  [result[from], result[to]] = [result[to]!, result[from]!];
  return result;
}
