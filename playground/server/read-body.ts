import type { z } from "zod";
import { firstMistake } from "../chat-shapes";
import { UserError } from "../../stack/command";

/** A request's body in the shape that is asked for. @throws UserError that names the member at fault */
export function readBody<T>(shape: z.ZodType<T>, body: unknown): T {
  const { data, error } = shape.safeParse(body);
  if (!error) return data;
  throw new UserError(firstMistake(error, "The request"));
}
