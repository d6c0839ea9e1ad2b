import { appendFile, mkdtemp, open, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ChatMessage } from "../azure-openai/chat";
import { validateDataset } from "../datasets";
import { UserError } from "../tools/command";
import type { SaveCall, Saved } from "./api";

/** Where examples go, and by which model's limits they are judged. */
export interface ExampleFolder {
  folder: string;
  /** Base model of the stack. */
  model: string;
}

/**
 * Appends a conversation to a JSONL file as one training example, if it is a valid one.
 *
 * @throws UserError that says what is wrong with the file's name or with the conversation
 */
export async function saveExample({ folder, model }: ExampleFolder, { file, messages }: SaveCall): Promise<Saved> {
  const target = await placeOf(folder, file);
  const row = `${JSON.stringify({ messages })}\n`;
  await refuseInvalid(row, messages, model);
  await appendFile(target, (await endsInsideLine(target)) ? `\n${row}` : row);
  const { examples, tokens, errors, warnings } = await validateDataset(optionsFor(target, model));
  const notes = [...errors, ...warnings].map(({ line, message }) => (line > 0 ? `Line ${line}: ${message}` : message));
  return { file: path.relative(folder, target), examples, tokens: tokens.total.sum, notes: notes.slice(0, 5) };
}

/** The row alone in a file: what counts are the findings about its line, not those about a file of one row. */
async function refuseInvalid(row: string, messages: ChatMessage[], model: string): Promise<void> {
  if (messages.at(-1)?.role !== "assistant") throw new UserError("There is no answer to save yet.");
  const folder = await mkdtemp(path.join(tmpdir(), "example-"));
  try {
    const alone = path.join(folder, "example.jsonl");
    await writeFile(alone, row);
    const { errors } = await validateDataset(optionsFor(alone, model));
    const [first] = errors.filter(({ line }) => line > 0);
    if (first) throw new UserError(`The conversation is no valid training example: ${first.message}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function optionsFor(file: string, model: string) {
  return { path: file, role: "training", model, method: "supervised" } as const;
}

/** The file below `folder`; links don't lead out of it. */
async function placeOf(folder: string, file: string): Promise<string> {
  if (!/\.jsonl$/i.test(file)) throw new UserError(`"${file}" must end in .jsonl, as training files do.`);
  const root = await realpath(folder);
  const target = path.resolve(root, file);
  const parent = await realpath(path.dirname(target)).catch(() => {
    throw new UserError(`There is no folder ${path.dirname(file)} in ${folder}.`);
  });
  const place = path.join(parent, path.basename(target));
  const real = await realpath(place).catch(() => place);
  if (!isBelow(root, real)) {
    throw new UserError(
      `"${file}" is outside of ${folder}. Start the playground with --save-to FOLDER to save elsewhere.`,
    );
  }
  const found = await stat(real).catch(() => undefined);
  if (found && !found.isFile()) throw new UserError(`"${file}" is not a file.`);
  return real;
}

function isBelow(root: string, place: string): boolean {
  const relative = path.relative(root, place);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
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
