import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ChatMessage, ChatTool } from "../../azure-openai/chat-types";
import type { Problem, Saved, Setup } from "../api";
import { count } from "../../report/page/format";
import { Images } from "./images";
import { ProblemNotice } from "./problem-notice";
import { problemOf, saveExample } from "./server";
import { messagesFor, settings, system } from "./settings";
import { type Answer, exchanges, type Turn, turns } from "./turns";

const messages = signal<ChatMessage[] | undefined>(undefined);
/** Tools that the model was offered: an example with calls needs them. */
let tools: ChatTool[] | undefined;
/** As the person left it; at first what the server proposes. */
const file = signal<string | undefined>(undefined);
const saved = signal<Saved | undefined>(undefined);
const problem = signal<Problem | undefined>(undefined);

/** Opens the dialog with the conversation up to a turn. The few-shot examples led the model; what it is to learn is the rest. */
export function openSave(turn: Turn, { deployment }: Answer): void {
  const said = turns.value.slice(0, turns.value.indexOf(turn) + 1);
  tools = toolsOf(said, deployment);
  const whole = [...system(settings.value.systemMessage), ...exchanges(said, deployment)];
  messages.value = messagesFor(deployment, whole);
  saved.value = problem.value = undefined;
}

/** Appends a conversation to a training file, after its answers have been made what they should be. */
export function SaveDialog({ setup }: { setup: Setup }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = messages.value;
  useEffect(() => {
    if (shown && !dialog.current!.open) dialog.current!.showModal();
    else if (!shown) dialog.current!.close();
  }, [shown]);
  const close = () => (messages.value = undefined);
  return (
    <dialog ref={dialog} aria-labelledby="save-title" onClose={close}>
      {shown && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save(shown, file.value ?? setup.saveFile);
          }}
        >
          <h2 id="save-title">Save as a training example</h2>
          <p class="muted small">
            The model learns to answer as written here: edit the answers before you save. The dataset check decides
            whether the example is valid.
          </p>
          {shown.map((message, index) => (
            <Message key={index} message={message} edit={(content) => edit(index, content)} />
          ))}
          <label class="field">
            <span>
              File <span class="muted small">below {setup.saveFolder}</span>
            </span>
            <input
              type="text"
              required
              value={file.value ?? setup.saveFile}
              onInput={({ currentTarget }) => rename(currentTarget.value)}
            />
          </label>
          {problem.value && <ProblemNotice problem={problem.value} />}
          {saved.value && <SavedNotice saved={saved.value} />}
          <div class="row end">
            <button type="button" onClick={close}>
              Close
            </button>
            <button type="submit" class="primary" disabled={saved.value !== undefined}>
              Save
            </button>
          </div>
        </form>
      )}
    </dialog>
  );
}

/** A message of the example; a call of a tool is shown as it is, since its arguments are the model's. */
function Message({ message, edit }: { message: ChatMessage; edit: (content: string) => void }) {
  if (message.role === "assistant" && message.toolCalls?.length) {
    return (
      <p class="small">
        assistant calls{" "}
        <code>{message.toolCalls.map(({ name, arguments: given }) => `${name}(${given})`).join(", ")}</code>
      </p>
    );
  }
  const { role, content } = message;
  return (
    <label class="field">
      {role}
      {message.role === "user" && <Images images={message.images ?? []} />}
      <textarea
        rows={role === "assistant" ? 4 : 2}
        value={content}
        onInput={({ currentTarget }) => edit(currentTarget.value)}
      />
    </label>
  );
}

function SavedNotice({ saved: { file: name, examples, tokens, notes } }: { saved: Saved }) {
  return (
    <div class="notice" role="status">
      <p>
        Saved. <code>{name}</code> has {count(examples)} {examples === 1 ? "example" : "examples"} and {count(tokens)}{" "}
        tokens now.
      </p>
      {notes.map((note) => (
        <p key={note} class="small">
          {note}
        </p>
      ))}
    </div>
  );
}

function edit(index: number, content: string): void {
  messages.value = messages.value?.map((message, at) => (at === index ? { ...message, content } : message));
  saved.value = problem.value = undefined;
}

/** Another file may take the same example. */
function rename(name: string): void {
  file.value = name;
  saved.value = problem.value = undefined;
}

async function save(example: ChatMessage[], name: string): Promise<void> {
  problem.value = undefined;
  try {
    saved.value = await saveExample({ file: name, messages: example, tools });
  } catch (error) {
    problem.value = problemOf(error);
  }
}

/** What was offered when a tool was last called; undefined where none was: the example is then one without tools. */
function toolsOf(said: Turn[], deployment: string): ChatTool[] | undefined {
  const answers = said.flatMap((turn) => turn.answers.map(({ value }) => value));
  return answers.findLast((answer) => answer.deployment === deployment && answer.rounds.length > 0)?.parameters.tools;
}
