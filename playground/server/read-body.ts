import type { z } from "zod";
import { UserError } from "../../tools/command";

/** A request's body in the shape that is asked for. @throws UserError that names the member at fault */
export function readBody<T>(shape: z.ZodType<T>, body: unknown): T {
  const { data, error } = shape.safeParse(body);
  if (!error) return data;
  const [issue] = error.issues;
  throw new UserError(`${issue?.path.join(".") || "The request"}: ${issue?.message}.`);
}
