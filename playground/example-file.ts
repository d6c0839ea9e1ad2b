import { appendFile, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { requestBody } from "../azure-openai/chat-body";
import type { ChatMessage, ChatTool } from "../azure-openai/chat-types";
import { tokenCountCaveat } from "../catalog";
import { examineDataset, OptionError, validateDataset } from "../datasets";
import { UserError } from "../stack/command";
import type { SaveCall, Saved } from "./api";
import { placeOf } from "./example-place";
import { systemError } from "../azure-openai/system-error";

/** Where examples go, and by which model's limits they are judged. */
export interface ExampleFolder {
  folder: string;
  /** Base model of the stack. */
  model: string;
  /** Dataset files, and folders of them, that the stack trains with, absolute. */
  inUse: string[];
}

/**
 * Appends a conversation to a JSONL file as one training example, if it is a valid one.
 *
 * @throws UserError that says what is wrong with the file's name or with the conversation
 */
export async function saveExample(
  { folder, model, inUse }: ExampleFolder,
  { file, messages, tools }: SaveCall,
): Promise<Saved> {
  const target = await placeOf(folder, file);
  const row = `${JSON.stringify(exampleRow(messages, tools))}\n`;
  await refuseInvalid(row, messages, model);
  await append(target, row);
  const { report, kinds } = await examineDataset(optionsFor(target, model));
  const { examples, tokens } = report;
  // One of each kind before a second of any: none is left out for many of another.
  const inTurn = [...kinds.flatMap(({ first }) => first.slice(0, 1)), ...kinds.flatMap(({ first }) => first.slice(1))];
  const notes = inTurn.map(({ line, message }) => (line > 0 ? `Line ${line}: ${message}` : message));
  const caveat = tokenCountCaveat(model);
  if (caveat !== undefined) notes.unshift(caveat);
  if (inUse.includes(target) || inUse.includes(path.dirname(target))) {
    notes.unshift(
      "The stack trains on this file, so the next up will train again; you will be charged for that training.",
    );
  }
  return { file, examples, tokens: tokens.total.sum, notes: notes.slice(0, 5) };
}

/** The conversation under the names of training files, which are those of the chat API. */
function exampleRow(messages: ChatMessage[], tools: ChatTool[] | undefined) {
  const body = requestBody({ deploymentName: "", messages, tools });
  return { messages: body.messages, ...(body.tools && { tools: body.tools }) };
}

async function append(file: string, row: string): Promise<void> {
  try {
    await appendFile(file, (await endsInsideLine(file)) ? `\n${row}` : row);
  } catch (error) {
    throw new UserError(systemError(error, file) ?? `The example can't be written: ${(error as Error).message}.`);
  }
}

/** The row alone in a file: what counts are the findings about its line, not those about a file of one row. */
async function refuseInvalid(row: string, messages: ChatMessage[], model: string): Promise<void> {
  if (messages.at(-1)?.role !== "assistant") throw new UserError("There is no answer to save yet.");
  const folder = await mkdtemp(path.join(tmpdir(), "example-"));
  try {
    const alone = path.join(folder, "example.jsonl");
    await writeFile(alone, row);
    const { errors } = await validateDataset(optionsFor(alone, model)).catch((error: unknown) => {
      if (error instanceof OptionError) throw new UserError(`The example can't be checked: ${error.message}`);
      throw error;
    });
    const [first] = errors.filter(({ line }) => line > 0);
    if (first) throw new UserError(`The conversation is not a valid training example: ${first.message}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function optionsFor(file: string, model: string) {
  return { path: file, role: "training", model, method: "supervised" } as const;
}

async function endsInsideLine(file: string): Promise<boolean> {
  const handle = await open(file, "r").catch(() => undefined);
  if (!handle) return false;
  try {
    const { size } = await handle.stat();
    if (size === 0) return false;
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] !== 0x0a;
  } finally {
    await handle.close();
  }
}
