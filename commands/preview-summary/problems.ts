import { stripVTControlCharacters } from "node:util";
import { azureNativeAdvice } from "./azure-native-advice";

/** Problems that are listed; the rest is counted. */
const LISTED = 20;
const LONGEST = 2000;
/** What the engine adds when something else has failed: calls that it aborted. */
const consequences = /^(preview|update) failed$|connection is closing|resource monitor shut down|context canceled/i;

/**
 * Sentences of a failed preview, without the engine's wrapping: what was wrong, not where in the engine it came up. Azure's
 * refusals get their next step.
 *
 * @param today - day that dates of retirement are compared with.
 * @param models - names of the components of several models: a problem begins with the name of the one that has it.
 */
export function problemsOf(errors: string[], today: Date, models: string[] = []): string[] {
  const sentences = [...new Set(errors.map((error) => unwrapped(error, models)).filter((sentence) => sentence !== ""))];
  const telling = sentences.filter((sentence) => !consequences.test(sentence));
  const shown = telling.length > 0 ? telling : sentences;
  const listed = shown.slice(0, LISTED).map((sentence) => {
    const step = azureNativeAdvice(sentence, today) ?? unknownStackAdvice(sentence);
    const shortened = sentence.length > LONGEST ? `${sentence.slice(0, LONGEST)} ...` : sentence;
    return step === undefined ? shortened : `${withFullStop(shortened)}\n${step}`;
  });
  return shown.length > LISTED ? [...listed, `... and ${shown.length - LISTED} more.`] : listed;
}

/** A terminal has both sentences on one line. */
function withFullStop(sentence: string): string {
  return /[\w"'`)\]]$/.test(sentence) && !/[.!?]["'`)\]]*$/.test(sentence) ? `${sentence}.` : sentence;
}

/** The engine's words for a StackReference to a stack that is not there (pulumi 3.230). */
function unknownStackAdvice(sentence: string): string | undefined {
  return /^unknown stack "/.test(sentence)
    ? "Correct `promote.stack`. The stack to promote from must be in this backend; `pulumi stack ls --all` lists its stacks."
    : undefined;
}

function unwrapped(error: string, models: string[]): string {
  const resource = /^\s*(?:error:\s*)?\S+ resource '([^']*)'/.exec(stripVTControlCharacters(error))?.[1] ?? "";
  const [model] = models.filter((name) => resource.startsWith(`${name}-`)).sort((a, b) => b.length - a.length);
  const sentence = withoutWrapping(error);
  return model === undefined || sentence === "" ? sentence : `${model}: ${sentence}`;
}

function withoutWrapping(error: string): string {
  return (
    stripVTControlCharacters(error)
      .replace(/^\s*error:\s*/, "")
      // Where the value of the property matters, the reason contains it; it may be anything.
      .replace(/^\S+ resource '([^']*)': property (\S+) value \{[\s\S]*?\} has a problem: /, "")
      .replace(/^\S+ resource '([^']*)' has a problem: /, "")
      .replace(/^Preview failed: /i, "")
      .replace(/\n\s+at .*/g, "")
      .trim()
  );
}
