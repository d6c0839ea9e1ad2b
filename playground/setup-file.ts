import * as z from "zod";
import type { ChatParameters } from "../azure-openai/chat-types";
import type { FewShotExample } from "./api";
import { firstMistake, imagesShape, parameterShapes } from "./chat-shapes";
import { mostRequestBytes } from "./image-limits";

/** A setup of the playground as a file: what is asked, and how; nothing that signs in. */
export interface SetupFile {
  kind: typeof setupFileKind;
  version: 1;
  systemMessage: string;
  fewShot: FewShotExample[];
  /** Names; those that the account doesn't have are left out on import. */
  deployments: string[];
  parameters: ChatParameters;
}

export const setupFileKind = "playground setup";

const shape: z.ZodType<SetupFile> = z.strictObject({
  kind: z.literal(setupFileKind),
  version: z.literal(1),
  systemMessage: z.string(),
  fewShot: z.array(z.strictObject({ user: z.string(), assistant: z.string(), images: imagesShape.optional() })),
  deployments: z.array(z.string()).max(2),
  parameters: z.strictObject(parameterShapes),
});

/**
 * A file's text as a setup.
 * @throws Error whose message names the member at fault
 */
export function readSetupFile(text: string): SetupFile {
  requireLength(text);
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new Error(`The file is not valid JSON: ${(error as Error).message}`);
  }
  const { data, error } = shape.safeParse(given);
  if (error) throw new Error(firstMistake(error, "The file"));
  return data;
}

/** @throws Error where no import would read it */
export function writeSetupFile(setup: Omit<SetupFile, "kind" | "version">): string {
  const text = `${JSON.stringify({ kind: setupFileKind, version: 1, ...setup } satisfies SetupFile, null, 2)}\n`;
  requireLength(text);
  return text;
}

/** A setup is text that somebody typed, and the images of its examples. */
function requireLength({ length }: string): void {
  if (length > mostRequestBytes) throw new Error("The file is too large for a playground setup.");
}
