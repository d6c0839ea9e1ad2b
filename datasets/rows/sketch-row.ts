import { createHash } from "node:crypto";
import type { Method } from "../../catalog";
import type { Sketch } from "./sketch";
import { isObject } from "../rules/row-rules";
import { messagesOf } from "./messages-of";
import { plainRoles } from "./plain-chat";

/** Roles whose text is an instruction common to many examples: it makes rows different, but not near. */
export function isInstruction(role: unknown): boolean {
  return role === "system" || role === "developer";
}

/** Number of a role for the sketch: that of plain-chat.ts, so that both ways of reading a row agree. */
function labelOf(role: unknown): number {
  return typeof role === "string" ? (plainRoles as readonly string[]).indexOf(role) : -1;
}

/**
 * Images are compared by their bytes or their address: by a hash as long as a sentence, so that one question about two images makes no
 * near duplicates, however many letters of base64 the two have in common.
 */
function sketchPart(part: unknown, sketch: Sketch): void {
  if (!isObject(part)) return sketch.compared(JSON.stringify(part) ?? "");
  const { type, text, image_url: image, ...rest } = part;
  if (typeof text === "string") {
    sketch.compared(text);
  } else if (isObject(image) && typeof image.url === "string") {
    const { url, ...how } = image;
    sketch.compared(
      createHash("sha256")
        .update(url.replace(/^data:[^,]{0,200},/, ""))
        .digest("hex"),
    );
    if (Object.keys(how).length > 0) sketch.distinguishing(JSON.stringify(how));
  } else {
    sketch.compared(JSON.stringify(part));
    return;
  }
  sketch.distinguishing(JSON.stringify([type, rest]));
}

/** Feeds a parsed row to the sketch; a row that plain-chat.ts would have read comes out the same. */
export function sketchRow(row: unknown, method: Method, sketch: Sketch): void {
  const messages = messagesOf(row, method);
  if (!messages) return;
  for (const { role, content, ...rest } of messages) {
    sketch.startText(labelOf(role));
    if (typeof content === "string") {
      if (isInstruction(role)) sketch.distinguishing(content);
      else sketch.compared(content);
    } else if (Array.isArray(content)) {
      for (const part of content as unknown[]) sketchPart(part, sketch);
    } else if (content !== undefined) {
      sketch.compared(JSON.stringify(content));
    }
    sketch.endText();
    if (labelOf(role) < 0) sketch.distinguishing(JSON.stringify(role) ?? "");
    if (Object.keys(rest).length === 0) continue;
    if (Array.isArray(rest.tool_calls)) sketch.compared(JSON.stringify(rest));
    else sketch.distinguishing(JSON.stringify(rest));
  }
  const {
    messages: _,
    input,
    preferred_output: __,
    non_preferred_output: ___,
    ...others
  } = row as Record<string, unknown>;
  const { messages: ____, ...beside } = (input ?? {}) as Record<string, unknown>;
  if (Object.keys(others).length > 0) sketch.distinguishing(JSON.stringify(others));
  if (Object.keys(beside).length > 0) sketch.distinguishing(JSON.stringify(beside));
}
