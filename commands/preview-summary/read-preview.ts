import { readSteps, type RawStep, type Step } from "./steps";

/** A preview as the CLI printed it. */
export interface Preview {
  steps: Step[];
  /** What went wrong, in the CLI's words; empty when the preview went through. */
  errors: string[];
  /** What the handlers say, one message after the other. Absent where that is not known. */
  messages?: string;
}

interface Digest {
  steps?: RawStep[];
  diagnostics?: { message?: string; severity?: string }[];
}

/**
 * Reads what `pulumi preview --json` printed, on stdout or on both streams: a digest, a truncated digest, a digest
 * followed by text, or nothing but the text of an error.
 */
export function readPreview(text: string): Preview {
  const { json, rest } = splitDigest(text);
  if (json === undefined) return { steps: [], errors: errorsOfText(text) };
  let digest: Digest;
  try {
    digest = JSON.parse(json) as Digest;
  } catch {
    return { steps: [], errors: [...errorsOfCutDigest(json), "The preview's output is incomplete."] };
  }
  const errors = (digest.diagnostics ?? [])
    .filter((entry) => entry.severity === "error")
    .map((entry) => entry.message ?? "");
  errors.push(...errorLines(rest));
  if (digest.steps === undefined && errors.length === 0) errors.push(...errorsOfText(rest));
  const messages = (digest.diagnostics ?? []).filter(({ severity = "" }) => severity.startsWith("info"));
  return {
    steps: readSteps(digest.steps ?? []),
    errors,
    messages: messages.map(({ message = "" }) => message.trimEnd()).join("\n"),
  };
}

/** The JSON object that the text starts with, as far as it goes, and the text around it. */
function splitDigest(text: string): { json?: string; rest: string } {
  const start = text.search(/^\{/m);
  if (start < 0) return { rest: text };
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at++;
      else if (char === '"') inString = false;
    } else if (char === '"') {
      inString = true;
    } else if (char === "{") {
      depth++;
    } else if (char === "}" && --depth === 0) {
      return { json: text.slice(start, at + 1), rest: `${text.slice(0, start)}\n${text.slice(at + 1)}` };
    }
  }
  return { json: text.slice(start), rest: text.slice(0, start) };
}

function errorsOfText(text: string): string[] {
  const errors = errorLines(text);
  if (errors.length > 0) return errors;
  const words = text.trim();
  return [words === "" ? "The preview ended without a result." : words];
}

/** `error: ...` at the start of a line, with the indented lines that belong to it. */
function errorLines(text: string): string[] {
  const errors: string[] = [];
  let open = false;
  for (const line of text.split("\n")) {
    if (/^\s*error:/.test(line)) {
      errors.push(line);
      open = true;
    } else if (open && /^\s+\S/.test(line)) {
      errors[errors.length - 1] += `\n${line}`;
    } else {
      open = false;
    }
  }
  return errors;
}

function errorsOfCutDigest(json: string): string[] {
  const entries = json.matchAll(/"message":\s*("(?:[^"\\]|\\.)*"),\s*"severity":\s*"error"/g);
  return [...entries].map((entry) => JSON.parse(entry[1]!) as string);
}
