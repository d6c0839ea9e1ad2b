import { readFileSync, statSync } from "node:fs";
import { systemError } from "../../azure-openai/system-error";
import { isMembers, type Members } from "../../dynamic-providers/fine-tuning-job/extra-body";
import { UserError } from "../../stack/command";

/** A job has a few kilobytes; what is larger is another file, perhaps the data. */
const MOST_BYTES = 1 << 20;

const how = "Save the response from GET https://api.openai.com/v1/fine_tuning/jobs/{id} to this file.";

/** Objects of the API that are near, with what they are. */
const others: Record<string, string> = {
  list: "a list",
  "fine_tuning.job.event": "an event of a job",
  "fine_tuning.job.checkpoint": "a checkpoint of a job",
  file: "a file",
  model: "a model",
};

/**
 * The job of OpenAI's platform that a file has, as it came from the API.
 *
 * @throws UserError what the file is instead
 */
export function readJob(path: string): Members {
  const job = parsed(path);
  if (!isMembers(job)) throw new UserError(`'${path}' is not a JSON object. ${how}`);
  if (isMembers(job.error) && job.object === undefined)
    throw new UserError(`'${path}' is an API error (${String(job.error.message)}), not a job. ${how}`);
  if (job.object === "fine_tuning.job" && typeof job.model === "string" && typeof job.training_file === "string")
    return job;
  const other = Object.entries(others).find(([object]) => object === job.object)?.[1];
  if (other) throw new UserError(`'${path}' is ${other}, not a fine-tuning job. ${how}`);
  throw new UserError(
    `'${path}' is not a fine-tuning job; expected a "fine_tuning.job" object with model and training_file. ${how}`,
  );
}

function parsed(path: string): unknown {
  let text: string;
  try {
    if (statSync(path).size > MOST_BYTES) throw new UserError(`'${path}' is too large to be a fine-tuning job. ${how}`);
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(systemError(error, path) ?? `'${path}' cannot be read: ${(error as Error).message}.`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch (error) {
    throw new UserError(`'${path}' is not JSON: ${(error as Error).message}. ${how}`);
  }
}
