import { afterAll, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { RequestLog } from "../../src/admin/request-log";
import { Faults } from "../../src/faults/fault";
import { Live } from "../../src/live/live";
import type { LiveLine } from "../../src/live/shapes";
import { startForTest, type TestService } from "../../src/testing";

let service: TestService;
let log: RequestLog;
let live: Live;
beforeAll(async () => {
  service = await startForTest();
});
afterAll(() => service.close());
beforeEach(() => {
  log = new RequestLog();
  live = new Live(service.world, log, new Faults());
});

class Client {
  texts: string[] = [];
  writableNeedDrain = false;

  write(text: string): boolean {
    return this.texts.push(text) > 0;
  }

  take(): LiveLine[] {
    const lines = this.texts.flatMap((text) => text.trimEnd().split("\n"));
    this.texts = [];
    return lines.map((line) => JSON.parse(line) as LiveLine);
  }
}

function handle(path: string): void {
  const headers = { "user-agent": "client", authorization: "Bearer canary" };
  const entry = log.add({ method: "GET", url: path, headers }, 1, "id")!;
  live.arrived(entry, headers);
  entry.status = 200;
  live.answered(entry, { getHeaders: () => ({ "content-type": "application/json" }) });
}

it("keeps and computes nothing while no page is open", () => {
  for (let left = 5_000; left > 0; left--) handle("/a");
  expect(live.size).toEqual({ watchers: 0, details: 0 });
  expect(log.total).toBe(5_000);
  expect(live.detail(5_000)).toEqual({ request: expect.objectContaining({ number: 5_000, status: 200 }) });
});

it("tells a page that opens of the last hundred requests, and from then on of the new ones", () => {
  for (let left = 150; left > 0; left--) handle("/before");
  const client = new Client();
  const leave = live.join(client);
  const first = client.take().find((line) => line.type === "requests");
  expect(first!.requests.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, index) => 51 + index));
  handle("/after");
  live.tick();
  expect(client.take()).toEqual([
    { type: "requests", skipped: 0, requests: [expect.objectContaining({ number: 151, path: "/after", status: 200 })] },
    { type: "tick", now: service.world.clock.now(), requests: 151 },
  ]);
  leave();
});

it("remembers the headers of so many requests at most, and of none when the last page has closed", () => {
  const leave = live.join(new Client());
  for (let left = 3_000; left > 0; left--) handle("/a");
  expect(live.size).toEqual({ watchers: 1, details: 1_000 });
  expect(live.detail(2_000)).not.toHaveProperty("asked");
  expect(live.detail(2_001)!.asked).toContainEqual({
    name: "authorization",
    value: "Bearer, 13 characters",
    hidden: true,
  });
  leave();
  expect(live.size).toEqual({ watchers: 0, details: 0 });
});

it("costs one line for 1,250 requests between two ticks", () => {
  const client = new Client();
  const leave = live.join(client);
  client.take();
  for (let left = 1_250; left > 0; left--) handle("/accounts/a/openai/v1/chat/completions");
  live.tick();
  expect(client.texts).toHaveLength(1);
  expect(client.texts[0]!.length).toBeLessThan(30_000);
  leave();
});

it("has room for twenty pages", () => {
  const leave = Array.from({ length: 20 }, () => live.join(new Client()));
  expect(live.full).toBe(true);
  leave.pop()!();
  expect(live.full).toBe(false);
  leave.forEach((one) => one());
});
