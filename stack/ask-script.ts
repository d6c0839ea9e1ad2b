import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runScript } from "./target";

/**
 * Runs a script in its own process (`runScript`), with a question as JSON in the file that its first argument names, and its
 * second argument for the answer. Only this user can read the files, which are deleted at the end: a state holds secrets, if encrypted.
 *
 * @param script - its file, absolute
 * @returns undefined where it fails: it has said why; `answer` is absent where it gives none
 */
export async function askScript<Answer>(
  script: string,
  question: unknown,
  env: NodeJS.ProcessEnv,
): Promise<{ answer?: Answer } | undefined> {
  const folder = mkdtempSync(path.join(tmpdir(), "ask-"));
  try {
    const [asked, answered] = [path.join(folder, "question.json"), path.join(folder, "answer.json")];
    writeFileSync(asked, JSON.stringify(question), { mode: 0o600 });
    if ((await runScript(script, [asked, answered], env)) !== 0) return undefined;
    return existsSync(answered) ? { answer: JSON.parse(readFileSync(answered, "utf8")) as Answer } : {};
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
