import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { OpenAI } from "openai";
import { Calls } from "../../azure-openai/calls";
import { withDeadline } from "../../azure-openai/deadline";
import { fetchJson } from "../../azure-openai/fetch-json";
import { Requests } from "../../azure-openai/requests";
import { ServiceTime } from "../../azure-openai/service-time";
import { HastyClock } from "../support/hasty-clock";

/** Answers with headers at once, and then a byte now and again. */
let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write("{");
    const drip = setInterval(() => response.write(" "), 10);
    request.on("close", () => clearInterval(drip));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const clock = new HastyClock();
const requests = () => {
  const client = new OpenAI({ baseURL: origin, apiKey: "k", maxRetries: 0 });
  return new Requests(client, new ServiceTime(clock));
};

it.each<[string, () => Promise<unknown>]>([
  ["an object", () => requests().send("get", "/x", { timeout: 60 })],
  ["a file", () => requests().raw("/x", 60, (response) => response.text())],
  ["an answer without a client", () => fetchJson(origin, {}, 60)],
])("ends an answer that only begins: %s", async (_, ask) => {
  await expect(ask()).rejects.toMatchObject({ name: "TimeoutError" });
  const calls = new Calls({ clock, target: origin, renewToken: () => undefined });
  const late = `${origin} can't be reached (ETIMEDOUT): no response in time`;
  await expect(calls.run("Asking", ask, "once")).rejects.toMatchObject({
    message: expect.stringContaining(late) as unknown,
    ambiguous: true,
  });
});

it("ends what does not listen to its signal", async () => {
  await expect(withDeadline(10, () => new Promise(() => undefined))).rejects.toMatchObject({ name: "TimeoutError" });
});

it("hands on what comes in time, and what fails", async () => {
  expect(await withDeadline(60_000, () => Promise.resolve(5))).toBe(5);
  await expect(withDeadline(60_000, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});

it("does not repeat for long what takes long", async () => {
  let attempts = 0;
  const slow = async () => {
    attempts++;
    await clock.sleep(90_000);
    throw new DOMException("late", "TimeoutError");
  };
  const calls = new Calls({ clock, target: origin, renewToken: () => undefined });
  await expect(calls.run("Asking", slow)).rejects.toThrow("ETIMEDOUT");
  expect(attempts).toBe(2);
});
