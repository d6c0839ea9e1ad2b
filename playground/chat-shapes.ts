import * as z from "zod";
import {
  type ChatImage,
  type ChatMessage,
  type ChatTool,
  reasoningEfforts,
  type ResponseFormat,
} from "../azure-openai/chat-types";
import { imageAddress, mostImages } from "./image-limits";

/*
 * What a person may set, as the server takes it from the page and the page from a file. Ranges: chat completions API, 2024-10-21 and v1.
 */

const jsonObject = z.record(z.string(), z.unknown());
const functionName = z.string().regex(/^[\w-]{1,64}$/, "expected 1 to 64 letters, digits, underscores or dashes");

export const toolShape: z.ZodType<ChatTool> = z.strictObject({
  name: functionName,
  description: z.string().optional(),
  parameters: jsonObject.optional(),
  strict: z.boolean().optional(),
});

export const responseFormatShape: z.ZodType<ResponseFormat> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("json_object") }),
  z.strictObject({
    type: z.literal("json_schema"),
    name: functionName,
    schema: jsonObject,
    strict: z.boolean().optional(),
  }),
]);

/** Most stop texts of a request. */
export const mostStops = 4;
export const mostTools = 128;

export const imageShape: z.ZodType<ChatImage> = z.strictObject({
  url: z.string().regex(imageAddress, "expected an http(s) address or a base64-encoded PNG, JPEG or WebP image"),
  name: z.string().optional(),
});
/** Images of one turn. */
export const imagesShape = z.array(imageShape).max(mostImages);

/** Members of a chat's parameters; each may be left out. */
export const parameterShapes = {
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.int().positive().optional(),
  seed: z.int().optional(),
  frequencyPenalty: z.number().min(-2).max(2).optional(),
  presencePenalty: z.number().min(-2).max(2).optional(),
  stop: z.array(z.string().min(1)).max(mostStops).optional(),
  reasoningEffort: z.enum(reasoningEfforts).optional(),
  responseFormat: responseFormatShape.optional(),
  tools: z.array(toolShape).max(mostTools).optional(),
};

const toolCall = z.strictObject({ id: z.string(), name: z.string(), arguments: z.string() });

export const messageShape: z.ZodType<ChatMessage> = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("system"), content: z.string() }),
  z.strictObject({ role: z.literal("user"), content: z.string(), images: imagesShape.optional() }),
  z.strictObject({ role: z.literal("assistant"), content: z.string(), toolCalls: z.array(toolCall).optional() }),
  z.strictObject({ role: z.literal("tool"), content: z.string(), toolCallId: z.string() }),
]);

/** The first mistake, with the member at fault: `parameters.temperature: ...`. */
export function firstMistake({ issues: [issue] }: z.ZodError, whole: string): string {
  return `${issue?.path.join(".") || whole}: ${issue?.message}.`;
}
