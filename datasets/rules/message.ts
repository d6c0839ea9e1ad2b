import { checkContent } from "./content-parts";
import { checkKeys, isObject, type JsonObject, kindOf, type Report, type RowSettings, shown } from "./row-rules";
import { checkControlCharacters } from "./names";
import { checkToolCalls } from "./tool-calls";

const roles = ["system", "developer", "user", "assistant", "tool"];
const keysByRole: Record<string, string[]> = {
  assistant: ["role", "content", "name", "tool_calls", "function_call", "refusal"],
  tool: ["role", "content", "name", "tool_call_id"],
};
const usualKeys = ["role", "content", "name"];

/**
 * Checks each message of a list.
 *
 * @param where - the list's place in the row, e.g. `input.messages`.
 * @returns the messages, or `undefined` when there is no list of objects to continue with.
 */
export function checkMessages(
  value: unknown,
  where: string,
  settings: RowSettings,
  report: Report,
): JsonObject[] | undefined {
  if (value === undefined) {
    report("missing-key", `The row has no '${where}'. Add the list of messages.`);
    return undefined;
  }
  if (!Array.isArray(value)) {
    report("wrong-type", `'${where}' is ${kindOf(value)}; expected a list of messages.`);
    return undefined;
  }
  if (value.length === 0) {
    report("no-messages", `'${where}' is an empty list. Add messages, or remove the row.`);
    return undefined;
  }
  const messages: JsonObject[] = [];
  for (const [index, message] of (value as unknown[]).entries()) {
    if (isObject(message)) messages.push(message);
    else
      report("wrong-type", `${where}[${index}] is ${kindOf(message)}; expected an object with 'role' and 'content'.`);
  }
  if (messages.length < value.length) return undefined;
  for (const [index, message] of messages.entries()) checkMessage(message, `${where}[${index}]`, settings, report);
  checkImageCount(messages, where, settings, report);
  return messages;
}

function checkMessage(message: JsonObject, where: string, settings: RowSettings, report: Report): void {
  const { role } = message;
  if (role === undefined) {
    report("missing-key", `${where} has no 'role'. Roles: ${roles.join(", ")}.`);
  } else if (typeof role !== "string") {
    report("wrong-type", `${where}.role is ${kindOf(role)}; expected a string.`);
  } else if (role === "function") {
    report(
      "deprecated-functions",
      `${where} has the deprecated role 'function'. Use role 'tool' with a 'tool_call_id'.`,
    );
  } else if (!roles.includes(role)) {
    report("unknown-role", `${where}.role is ${shown(role)}; expected ${roles.join(", ")}.`);
  }
  const known = typeof role === "string" && (roles.includes(role) || role === "function") ? role : undefined;
  // A weight in the wrong place has a rule of its own.
  if (known) checkKeys(message, [...(keysByRole[known] ?? usualKeys), "weight"], where, report);
  checkWeight(message, known, where, report);
  checkName(message, known, where, report);
  checkContent(message, known, where, settings, report);
  checkToolCalls(message, known, where, report);
}

function checkWeight({ weight }: JsonObject, role: string | undefined, where: string, report: Report): void {
  if (weight === undefined) return;
  if (weight !== 0 && weight !== 1)
    report("invalid-weight", `${where}.weight is ${shown(weight)}; expected the number 0 or 1.`);
  else if (role !== undefined && role !== "assistant")
    report("invalid-weight", `${where}.weight is set, but only assistant messages can have a weight. Remove it.`);
}

function checkName({ name }: JsonObject, role: string | undefined, where: string, report: Report): void {
  if (name === undefined) {
    if (role === "function")
      report("missing-key", `${where} has no 'name'. Add the name of the function whose result it is.`);
    return;
  }
  if (typeof name !== "string") {
    report("wrong-type", `${where}.name is ${kindOf(name)}; expected a string.`);
  } else if (checkControlCharacters(name, `${where}.name`, report) && !/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
    report(
      "unusual-name",
      `${where}.name must be 1 to 64 characters (A-Z a-z 0-9 _ -), as chat calls require. Rename it.`,
    );
  }
}

function checkImageCount(messages: JsonObject[], where: string, settings: RowSettings, report: Report): void {
  const images = countImages(messages);
  if (images > settings.maxImagesPerExample) {
    const limit = settings.maxImagesPerExample;
    report(
      "too-many-images-in-example",
      `'${where}' has ${images} images; an example can have at most ${limit}. Split it.`,
    );
  }
}

/** Number of images in the content parts of messages. */
export function countImages(messages: readonly JsonObject[]): number {
  const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? (content as unknown[]) : []));
  return parts.filter((part) => isObject(part) && part.type === "image_url").length;
}
