import { refuseExisting } from "../refuse-existing";
import { stringify } from "yaml";
import { printable } from "../../azure-openai/printable-text";
import { systemError } from "../../azure-openai/system-error";
import { parseSettings } from "../../config";
import { quoted } from "../../format/quoted";
import { plaintextIn } from "../../policy/rules/plaintext-secrets";
import { UserError } from "../../stack/command";
import { projectFolder, readProjectFile } from "../../stack/project";
import { NewFile } from "../convert/new-file";
import type { Output } from "../validate/output";
import { takeData } from "./data-files";
import { takeMembers } from "./job-members";
import { takeModel } from "./model";
import { type AdoptOptions, adoptProgram } from "./options";
import type { Members } from "../../dynamic-providers/fine-tuning-job/extra-body";
import { readJob } from "./read-job";
import { type Taken, together } from "./taken";

/**
 * `npm run -s adopt`: settings of a stack from a fine-tuning job of OpenAI's own platform. Sends nothing.
 *
 * @returns the exit code: 0 the settings can be used, 1 something is left to do.
 * @throws CommanderError for an invalid command line (after reporting it on `err`); UserError when nothing was written.
 */
export async function adoptCommand(args: string[], out: Output, err: Output, today = new Date()): Promise<number> {
  const say = (text: string) => err.write(printable(text));
  const program = adoptProgram()
    .exitOverride()
    .configureOutput({ writeOut: (text) => out.write(printable(text)), writeErr: say });
  program.parse(args, { from: "user" });
  const options = program.opts<AdoptOptions>();
  if (options.out !== undefined) refuseExisting(options.out, "adopt", say);
  const { settings, differences, toDo } = adopt(readJob(options.from), options, today);
  await write(settings, options, out);
  section("What differs on Azure:", differences, say);
  section("Left to do:", toDo, say);
  if (options.out !== undefined) say(`Wrote ${options.out}.\n`);
  say(`Check the data: npm run -s validate -- ${validateArguments(settings)}\n`);
  return toDo.length > 0 ? 1 : 0;
}

/** Everything that comes of a job; `toDo` also has what the stack would refuse. */
export function adopt(job: Members, { from, training, validation, model, location }: AdoptOptions, today: Date): Taken {
  const taken = together([
    takeModel(job, { named: model, location, today }),
    takeData(job, { training, validation, from, folder: projectFolder }),
    takeMembers(job),
  ]);
  const secrets = plaintextIn(taken.settings);
  if (secrets.length > 0) {
    const [look, them] = secrets.length === 1 ? ["looks like a secret", "it"] : ["look like secrets", "them"];
    throw new UserError(`The job's ${secrets.join(", ")} ${look}. Remove ${them} from '${from}'. Nothing was written.`);
  }
  return { ...taken, toDo: [...taken.toDo, ...refusals(taken.settings)] };
}

/** What the program says of the settings, without its last line, which is about how to change a stack's. */
function refusals(settings: Members): string[] {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  try {
    parseSettings(Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, text(value)])), "dev");
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(0, -1);
  }
}

async function write(settings: Members, { out: path }: AdoptOptions, out: Output): Promise<void> {
  const { name: project } = readProjectFile();
  const named = Object.entries(settings).map(([name, value]) => [`${project}:${name}`, value]);
  const text = stringify({ config: Object.fromEntries(named) as Members });
  if (path === undefined) {
    out.write(printable(text));
    return;
  }
  try {
    const file = await NewFile.create(path);
    try {
      await file.line(text.trimEnd());
      await file.finish();
    } finally {
      await file.discard();
    }
  } catch (error) {
    throw new UserError(systemError(error, path) ?? `'${path}' cannot be written: ${(error as Error).message}.`);
  }
}

function section(title: string, sentences: string[], say: (text: string) => void): void {
  if (sentences.length > 0) say(`${title}\n${sentences.map((sentence) => `- ${sentence}\n`).join("")}`);
}

function validateArguments(settings: Members): string {
  const { model, method = "supervised", trainingType = "Standard", location } = settings as Record<string, string>;
  const { training, validation } = settings.dataset as { training: string; validation?: string };
  return [
    quoted(training),
    ...(validation === undefined ? [] : ["--validation", quoted(validation)]),
    ...["--model", quoted(model!)],
    ...(method === "supervised" ? [] : ["--method", method]),
    ...(trainingType === "Standard" ? [] : ["--training-type", trainingType]),
    ...(location === undefined || location === "northcentralus" ? [] : ["--location", location]),
  ].join(" ");
}
