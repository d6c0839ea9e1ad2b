import { isObject, type JsonObject, kindOf, type Report, type RowSettings } from "./row-rules";

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
  const { content } = message;
  if (typeof content === "string") {
    if (role === "assistant" && !saysOtherwise(message) && content.trim() === "") {
      report(
        "empty-assistant",
        `${where}.content is empty: the model would learn to say nothing. Write the answer or remove the row.`,
      );
    }
  } else if (Array.isArray(content)) {
    if (content.length === 0) report("missing-content", `${where}.content is an empty list: add the text.`);
    for (const [index, part] of (content as unknown[]).entries()) {
      checkPart(part, role, `${where}.content[${index}]`, settings, report);
    }
  } else if (content === undefined || content === null) {
    if (role === "assistant" && saysOtherwise(message)) return;
    const what = content === null ? "null" : "missing";
    report(
      "missing-content",
      `${where}.content is ${what}: add the text (only an assistant message with tool_calls may be without).`,
    );
  } else {
    report("wrong-type", `${where}.content is ${kindOf(content)}: it must be a string or a list of content parts.`);
  }
}

function saysOtherwise({ tool_calls, function_call, refusal }: JsonObject): boolean {
  return [tool_calls, function_call, refusal].some((value) => value !== undefined && value !== null);
}

function checkPart(
  part: unknown,
  role: string | undefined,
  where: string,
  settings: RowSettings,
  report: Report,
): void {
  if (!isObject(part))
    return report("invalid-content-part", `${where} is ${kindOf(part)}: a part must be an object with a 'type'.`);
  if (part.type === "text") {
    if (typeof part.text !== "string") report("invalid-content-part", `${where}.text must be a string.`);
  } else if (part.type === "refusal" && role === "assistant") {
    if (typeof part.refusal !== "string") report("invalid-content-part", `${where}.refusal must be a string.`);
  } else if (part.type === "image_url") {
    checkImage(part.image_url, role, where, settings, report);
  } else {
    report("invalid-content-part", `${where}.type is neither text nor image_url: correct it.`);
  }
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
    report(code, `${where} is an image in a message of role ${role}: images may stand in user messages only.`);
  }
  if (!settings.vision) {
    report(
      "image-not-supported",
      `${where} is an image, and ${settings.model} can't be trained on images: choose another model or remove it.`,
    );
  }
  if (!isObject(image) || typeof image.url !== "string") {
    return report("invalid-image", `${where}.image_url must be an object with a 'url'.`);
  }
  if (image.detail !== undefined && !["auto", "low", "high"].includes(image.detail as string)) {
    report("invalid-image", `${where}.image_url.detail must be auto, low or high.`);
  }
  checkUrl(image.url, where, settings, report);
}

function checkUrl(url: string, where: string, settings: RowSettings, report: Report): void {
  if (/^https?:\/\/[^\s/]+/i.test(url)) return;
  const data = /^data:([^;,]*);base64,/i.exec(url);
  if (!data) {
    return report("invalid-image", `${where}.image_url.url is neither an http(s) address nor data:image/...;base64.`);
  }
  if (!/^image\/(jpeg|jpg|png|webp)$/i.test(data[1]!)) {
    return report(
      "invalid-image",
      `${where}.image_url.url is not of type image/jpeg, image/png or image/webp: convert the image.`,
    );
  }
  const base64 = url.length - data[0].length;
  const padding = url.endsWith("==") ? 2 : url.endsWith("=") ? 1 : 0;
  const bytes = Math.floor((base64 * 3) / 4) - padding;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(url.slice(data[0].length)) || base64 % 4 !== 0 || base64 === 0) {
    report("invalid-image", `${where}.image_url.url is not valid base64: encode the image again.`);
  } else if (bytes > settings.maxImageBytes) {
    report(
      "invalid-image",
      `${where} is an image of ${bytes} bytes; the limit is ${settings.maxImageBytes}: make it smaller.`,
    );
  }
}
