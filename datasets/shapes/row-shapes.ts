import type { Method } from "../../catalog";
import { isObject, type JsonObject } from "../rules/row-rules";
import { conversationShapes } from "./conversation-shapes";
import { Fields } from "./fields";
import type { RowShape } from "./row-shape";
import { isTurnList } from "./turn-list";
import { textShapes } from "./text-shapes";
import { writeRow } from "./write-row";

/** What the rows of each method are called. */
export const formatNames: Readonly<Record<Method, string>> = {
  supervised: "chat format",
  dpo: "preference format",
  reinforcement: "format for reinforcement (messages that end with a user message)",
};

/** In this order: the first that matches. */
const shapes: readonly RowShape[] = [...conversationShapes, ...textShapes];

/** The foreign shape of a parsed row, if it has one that is known. */
export function foreignShapeOf(row: unknown, method: Method): RowShape | undefined {
  return isNative(row, method) ? undefined : shapes.find((shape) => shape.matches(row));
}

/** What a converter makes of a row: also rows that are in one of our formats already. */
export function shapeOf(row: unknown): RowShape | undefined {
  return shapes.find((shape) => shape.matches(row));
}

/** Rows of the method's own format are for the rules, whatever else they hold. */
function isNative(row: unknown, method: Method): boolean {
  if (!isObject(row)) return false;
  if (method === "dpo") return isObject(row.input) || "preferred_output" in row || "non_preferred_output" in row;
  if (method === "reinforcement" && hasChatMessages(row.messages)) return true;
  const shape = shapes.find(({ matches }) => matches(row));
  return shape?.id === "chat";
}

function hasChatMessages(value: unknown): boolean {
  return (
    isTurnList(value) &&
    value.every(({ role, content }) => plainRoles.includes(role as string) && isChatContent(content))
  );
}

const plainRoles = ["system", "developer", "user", "assistant", "tool"];

function isChatContent(content: unknown): boolean {
  if (!Array.isArray(content)) return true;
  return content.every((part) => isObject(part) && (part.type === "text" || part.type === "image_url"));
}

/** The row in the method's format; @throws RowRefusal when content would be lost or guessed. */
export function convertRow(row: JsonObject, shape: RowShape, method: Method, dropped: ReadonlySet<string>): JsonObject {
  const fields = new Fields(row);
  return writeRow(shape.read!(fields, dropped), fields, method, dropped);
}
