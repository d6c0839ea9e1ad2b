import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../stack/command";
import { quoted } from "../../format/quoted";
import type { Members } from "../../dynamic-providers/fine-tuning-job/extra-body";
import type { Taken } from "./taken";

interface Given {
  training?: string;
  validation?: string;
  /** File with the job. */
  from: string;
  /** Folder that the settings' paths start from. */
  folder: string;
}

/**
 * `dataset`: the files of the command line, else those that are named after their ids beside the job's JSON.
 *
 * @throws UserError for a file of the command line that is not there
 */
export function takeData(job: Members, given: Given): Partial<Taken> {
  const training = fileOf(job.training_file, "training", given);
  const validation = fileOf(job.validation_file, "validation", given);
  const extra =
    given.validation !== undefined && typeof job.validation_file !== "string"
      ? ["The job had no validation file. Adding one gives more metrics and leaves the training unchanged."]
      : [];
  return {
    settings: {
      dataset: { ...(training && { training: training.path }), ...(validation && { validation: validation.path }) },
    },
    differences: extra,
    toDo: [training, validation].flatMap((file) => file?.toDo ?? []),
  };
}

function fileOf(
  id: unknown,
  role: "training" | "validation",
  given: Given,
): { path: string; toDo?: string[] } | undefined {
  const named = given[role];
  if (named !== undefined) {
    if (!existsSync(named) || !statSync(named).isFile())
      throw new UserError(`--${role} '${named}' is not a file. Nothing was written.`);
    return { path: fromProject(named, given.folder) };
  }
  if (typeof id !== "string") return undefined;
  const beside = ["", ".jsonl"].map((end) => path.join(path.dirname(given.from), `${path.basename(id)}${end}`));
  const found = beside.find((file) => existsSync(file) && statSync(file).isFile());
  if (found !== undefined) return { path: fromProject(found, given.folder) };
  const missing = `data/${path.basename(id)}.jsonl`;
  const content = quoted(`https://api.openai.com/v1/files/${id}/content`);
  return {
    path: missing,
    toDo: [
      `Save the ${role} file ${id} as ${missing}: curl -f -H "Authorization: Bearer $OPENAI_API_KEY" ${content} -o ${quoted(missing)}`,
    ],
  };
}

/** Forward slashes, which every system takes. */
function fromProject(file: string, folder: string): string {
  return path.relative(folder, path.resolve(file)).split(path.sep).join("/");
}
