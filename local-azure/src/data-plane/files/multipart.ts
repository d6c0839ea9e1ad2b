import type { Readable } from "node:stream";
import type { Request } from "../../http/request";
import { invalidPayload } from "../api/errors";

/**
 * Reads a multipart request part by part: fields into a record, the one file part through `take` while it arrives.
 * The parts may come in any order.
 */
export async function readMultipart<T>(
  request: Request,
  fileField: string,
  take: (content: Readable, filename: string) => Promise<T>,
): Promise<{ fields: Record<string, string>; file: T }> {
  if (!request.isMultipart())
    throw invalidPayload(`The request must be multipart/form-data with the part '${fileField}'.`);
  const fields: Record<string, string> = {};
  let taken: { file: T } | undefined;
  try {
    // Sizes are checked where the bytes are stored.
    for await (const part of request.parts({ limits: { fileSize: Infinity, files: 1 } })) {
      if (part.type === "field") {
        fields[part.fieldname] = String(part.value);
      } else if (part.fieldname === fileField) {
        taken = { file: await take(part.file, part.filename) };
      } else {
        // An interrupted request ends in a part without a stream, whatever its type says.
        (part.file as typeof part.file | undefined)?.resume();
      }
    }
  } catch (error) {
    throw asInvalidForm(error);
  }
  if (!taken) throw invalidPayload(`The part '${fileField}' is missing.`, fileField);
  return { fields, file: taken.file };
}

/** The parser's complaints (no boundary, a part without end) are the caller's fault; refusals and the disk's errors are not. */
function asInvalidForm(error: unknown): unknown {
  const { name, message, statusCode, syscall } = error as Error & { statusCode?: number; syscall?: string };
  const isParsers = name === "Error" && statusCode === undefined && syscall === undefined;
  return isParsers ? invalidPayload(`The multipart/form-data body is broken: ${message}.`) : error;
}
