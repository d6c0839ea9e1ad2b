import { bodyObject } from "../../http/request";
import type { Call } from "../api/call";
import { invalidRequest, requireKnown } from "../chat/chat-error";
import { readNumber, readOneOf } from "../chat/parameters";
import { DIMENSIONS } from "./hashed-ngrams";

export interface EmbeddingsRequest {
  /** The deployment's name in v1. */
  model: string | undefined;
  /** Texts, or ids of tokens. */
  inputs: (string | number[])[];
  base64: boolean;
  dimensions: number;
}

const members = ["input", "model", "user", "input_type", "encoding_format", "dimensions"];
const MAX_INPUTS = 2048;

/** @throws AzureError 400; texts: the OpenAI API's, as public reports have them */
export function readEmbeddingsRequest(call: Call): EmbeddingsRequest {
  const body = bodyObject(call.request);
  requireKnown(body, (name) => members.includes(name));
  const { encoding_format: format, dimensions, model } = body;
  return {
    model: typeof model === "string" ? model : undefined,
    inputs: readInputs(body.input),
    base64:
      format !== undefined && format !== null && readOneOf(format, "encoding_format", ["float", "base64"]) === "base64",
    dimensions: readNumber(dimensions, "dimensions", { least: 1, most: DIMENSIONS, whole: true }) ?? DIMENSIONS,
  };
}

function readInputs(input: unknown): (string | number[])[] {
  if (input === undefined)
    throw invalidRequest("Missing required parameter: 'input'.", "input", "missing_required_parameter");
  const inputs = typeof input === "string" || isTokens(input) ? [input] : input;
  const isInput = (one: unknown): one is string | number[] => (typeof one === "string" && one !== "") || isTokens(one);
  if (!Array.isArray(inputs) || inputs.length === 0 || !inputs.every(isInput)) {
    const sentence =
      "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.";
    throw invalidRequest(sentence, null);
  }
  if (inputs.length > MAX_INPUTS) {
    const sentence = `Invalid 'input': array too long. Expected an array with maximum length ${MAX_INPUTS}, but got an array with length ${inputs.length} instead.`;
    throw invalidRequest(sentence, "input", "array_above_max_length");
  }
  return inputs;
}

function isTokens(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((id) => Number.isInteger(id));
}
