import { randomUUID } from "node:crypto";

/** Bytes to be sent, and how many there will be. */
export interface FileContent {
  bytes: number;
  chunks: AsyncIterable<Uint8Array>;
}

/**
 * A multipart body (RFC 7578) that is read while it is sent, with its length known beforehand, so that the service needs no chunked
 * encoding. FormData can't do this: it needs the whole content as a Blob first, and a hash could then only be taken before or after.
 * When `chunks` throws, the closing boundary is never sent: the service sees an incomplete request and keeps nothing.
 */
export function multipartFile(
  fields: Record<string, string>,
  name: string,
  filename: string,
  content: FileContent,
): { body: ReadableStream<Uint8Array>; contentType: string; contentLength: number } {
  const boundary = `----${randomUUID()}`;
  const head = Buffer.from(
    Object.entries(fields)
      .map(([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`)
      .join("") +
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${quoted(filename)}"\r\n` +
      "Content-Type: application/octet-stream\r\n\r\n",
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* parts(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* content.chunks;
    yield tail;
  }
  return {
    body: ReadableStream.from(parts()),
    contentType: `multipart/form-data; boundary=${boundary}`,
    contentLength: head.length + content.bytes + tail.length,
  };
}

/** Quotes and line endings would end the header early; browsers escape them like this. */
function quoted(filename: string): string {
  return filename.replace(/"/g, "%22").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
