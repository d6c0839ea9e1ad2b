import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { messageShape, parameterShapes } from "../chat-shapes";
import { type ExampleFolder, saveExample } from "../example-file";
import { readBody } from "./read-body";

const saveCall = z.strictObject({
  file: z.string().min(1).max(500),
  messages: z.array(messageShape).min(1),
  tools: parameterShapes.tools,
});

/** `POST /api/examples`: appends a conversation to a JSONL file. One at a time, so that rows never mix. */
export function registerExamples(app: FastifyInstance, examples: ExampleFolder): void {
  let last: Promise<unknown> = Promise.resolve();
  app.post("/api/examples", (request) => {
    const call = readBody(saveCall, request.body);
    const saved = last.then(() => saveExample(examples, call));
    last = saved.catch(() => undefined);
    return saved;
  });
}
