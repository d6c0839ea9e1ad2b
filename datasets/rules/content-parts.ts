import { checkKeys, isObject, type JsonObject, kindOf, type Report, type RowSettings, shown } from "./row-rules";

/**
 * Checks the content of a message: text, or a list of text and image parts (images in user messages only, JPEG, PNG or WEBP, by URL or
 * as data; MicrosoftDocs/azure-ai-docs how-to-fine-tuning-vision-content.md, 2026-10).
 *
 * @param role - the message's role, or `undefined` when it has none that is known.
 */
export function checkContent(
  message: JsonObject,
  role: string | undefined,
  where: string,
  settings: RowSettings,
  report: Report,
): void {
  const { content, refusal } = message;
  if (role === "assistant" && refusal !== undefined && refusal !== null && typeof refusal !== "string")
    report("wrong-type", `${where}.refusal is ${kindOf(refusal)}; expected a string.`);
  if (role === "assistant" && !saysOtherwise(message) && isBlank(content)) {
    report(
      "empty-assistant",
      `${where}.content is empty, so the model would learn to say nothing. Write the answer or remove the row.`,
    );
  }
  if (typeof content === "string") return;
  if (Array.isArray(content)) {
    if (content.length === 0) report("missing-content", `${where}.content is an empty list. Add the text.`);
    for (const [index, part] of (content as unknown[]).entries())
      checkPart(part, role, `${where}.content[${index}]`, settings, report);
  } else if (content === undefined || content === null) {
    if (role === "assistant" && saysOtherwise(message)) return;
    const what = content === null ? "null" : "missing";
    report(
      "missing-content",
      `${where}.content is ${what}. Add the text (only an assistant message with tool_calls can go without).`,
    );
  } else {
    report("wrong-type", `${where}.content is ${kindOf(content)}; expected a string or a list of content parts.`);
  }
}

function saysOtherwise({ tool_calls, function_call, refusal }: JsonObject): boolean {
  return [tool_calls, function_call, refusal].some((value) => value !== undefined && value !== null && value !== "");
}

/** Whether text is there, and none to be seen. */
export function isBlank(content: unknown): boolean {
  if (typeof content === "string") return content.trim() === "";
  return Array.isArray(content) && content.length > 0 && content.every((part) => isObject(part) && isBlank(part.text));
}

function checkPart(
  part: unknown,
  role: string | undefined,
  where: string,
  settings: RowSettings,
  report: Report,
): void {
  if (!isObject(part))
    return report("invalid-content-part", `${where} is ${kindOf(part)}; expected an object with a 'type'.`);
  const { type } = part;
  if (type === "text" || type === "image_url" || type === "refusal") checkKeys(part, ["type", type], where, report);
  if (type === "text") {
    if (typeof part.text !== "string") report("invalid-content-part", `${where}.text must be a string.`);
  } else if (type === "refusal" && role === "assistant") {
    if (typeof part.refusal !== "string") report("invalid-content-part", `${where}.refusal must be a string.`);
  } else if (type === "image_url") {
    checkImage(part.image_url, role, where, settings, report);
  } else {
    report(
      "invalid-content-part",
      `${where}.type is ${shown(type)}, which is neither text nor image_url. ${partAdvice(type)}.`,
    );
  }
}

/** How the part of another interface is written in the chat format. */
function partAdvice(type: unknown): string {
  if (type === "input_text" || type === "output_text") return 'Write {"type": "text", "text": "..."}';
  if (type === "image" || type === "input_image")
    return 'Write {"type": "image_url", "image_url": {"url": "https://..."}}, or a url of "data:image/png;base64,..."';
  if (type === "tool_use") return "Write the call in the assistant message's 'tool_calls'";
  if (type === "tool_result") return "Write the result as a message with role tool and its 'tool_call_id'";
  if (type === "thinking" || type === "redacted_thinking")
    return "The format doesn't support reasoning. Move anything the answer needs into a text part, then remove the reasoning part";
  return 'Write {"type": "text", "text": "..."} or {"type": "image_url", "image_url": {"url": "https://..."}}';
}

function checkImage(
  image: unknown,
  role: string | undefined,
  where: string,
  settings: RowSettings,
  report: Report,
): void {
  if (role !== undefined && role !== "user") {
    const code = role === "assistant" ? "image-in-assistant" : "invalid-content-part";
    report(code, `${where} is an image in a message with role ${role}, but only user messages can have images.`);
  }
  if (!settings.vision) {
    report(
      "image-not-supported",
      `${where} is an image, and ${settings.model} can't be trained on images. Choose another model or remove the image.`,
    );
  }
  if (!isObject(image) || typeof image.url !== "string") {
    const given = typeof image === "string" ? " is a string, and" : "";
    return report(
      "invalid-image",
      `${where}.image_url${given} must be an object with a 'url': {"type": "image_url", "image_url": {"url": "https://..."}}.`,
    );
  }
  checkKeys(image, ["url", "detail"], `${where}.image_url`, report);
  if (image.detail !== undefined && !["auto", "low", "high"].includes(image.detail as string))
    report("invalid-image", `${where}.image_url.detail is ${shown(image.detail)}; expected auto, low or high.`);
  checkUrl(image.url, where, settings, report);
}

function checkUrl(url: string, where: string, settings: RowSettings, report: Report): void {
  // Many clients repair a space in a path automatically.
  if (/^https?:\/\/[^\s/?#]+([/?#][^\u0000-\u001f]*)?$/i.test(url) && url.trim() === url) return;
  const data = /^data:([^;,]*);base64,/i.exec(url);
  if (!data)
    return report("invalid-image", `${where}.image_url.url is neither an http(s) address nor data:image/...;base64.`);
  if (!/^image\/(jpeg|jpg|png|webp)$/i.test(data[1]!)) {
    return report(
      "invalid-image",
      `${where}.image_url.url is not of type image/jpeg, image/png or image/webp. Convert the image.`,
    );
  }
  const base64 = url.length - data[0].length;
  const padding = url.endsWith("==") ? 2 : url.endsWith("=") ? 1 : 0;
  const bytes = Math.floor((base64 * 3) / 4) - padding;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(url.slice(data[0].length)) || base64 % 4 !== 0 || base64 === 0) {
    report("invalid-image", `${where}.image_url.url is not valid base64. Encode the image again.`);
  } else if (bytes > settings.maxImageBytes) {
    report(
      "invalid-image",
      `${where} is an image of ${bytes} bytes; the limit is ${settings.maxImageBytes}. Make it smaller.`,
    );
  }
}
