import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { outboundFetch } from "../../../azure-openai/outbound/fetch";

const MB = 1 << 20;
const SENT_MB = 128;

let server: Server;
let origin: string;
let got = 0;
let redirect: string | undefined;
beforeEach(async () => {
  [got, redirect] = [0, undefined];
  server = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => (got += chunk.length));
    request.on("end", () => {
      if (redirect === undefined) response.end("taken");
      else response.writeHead(307, { location: redirect }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function* pieces(count: number, watch: () => void = () => undefined) {
  for (let i = 0; i < count; i++) {
    yield await Promise.resolve(Buffer.alloc(MB));
    watch();
  }
}
const post = (body: ReadableStream) => outboundFetch(`${origin}/files`, { method: "POST", body, duplex: "half" });

it("what has been sent of a stream is not kept", async () => {
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const watch = () => (most = Math.max(most, process.memoryUsage().arrayBuffers - before));
  const response = await post(ReadableStream.from(pieces(SENT_MB, watch)));
  await expect(response.text()).resolves.toBe("taken");
  expect(got).toBe(SENT_MB * MB);
  // What is sent and not collected yet; kept, it would be all of it.
  expect(most / MB).toBeLessThan(SENT_MB * 0.75);
});

it.each(["/elsewhere", "https://example.com/files"])("an upload is not sent on to %s", async (location) => {
  redirect = location;
  await expect(post(ReadableStream.from(pieces(1)))).rejects.toMatchObject({
    code: "RedirectRefused",
    message: `${origin} responded to a write with a redirect, which was not followed. Check for a proxy, gateway or sign-in page in between.`,
  });
});
