import { expect, it } from "@jest/globals";
import fc from "fast-check";
import type { LoggedRequest } from "../../src/admin/request-log";
import type { LiveLine } from "../../src/live/shapes";
import { Watcher } from "../../src/live/watcher";

const tick: LiveLine = { type: "tick", now: 1, requests: 0 };
const request = (number: number, status = 0): LoggedRequest => ({
  ...{ number, status, method: "GET", path: `/${number}`, at: number, id: String(number) },
});

/** A client that takes nothing while `needsDrain`. */
class Client {
  readonly texts: string[] = [];
  writableNeedDrain = false;

  write(text: string): boolean {
    this.texts.push(text);
    return !this.writableNeedDrain;
  }

  get lines(): LiveLine[] {
    return this.texts.flatMap((text) =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as LiveLine),
    );
  }

  get requests() {
    return this.lines.filter((line) => line.type === "requests");
  }
}

const section = (text: string) =>
  JSON.stringify({ type: "section", section: "jobs", content: { rows: [text], more: 0 } });

it("sends a section when it has changed, and a tick each time", () => {
  const client = new Client();
  const watcher = new Watcher(client);
  for (const text of ["a", "a", "b"]) watcher.tell(new Map([["jobs", section(text)]]), tick);
  expect(client.lines.map(({ type }) => type)).toEqual(["section", "tick", "tick", "section", "tick"]);
});

it("joins what happened to a request, oldest first", () => {
  const client = new Client();
  const watcher = new Watcher(client);
  const [first, second] = [request(1), request(2)];
  watcher.note(first);
  watcher.note(second);
  first.status = 200;
  watcher.note(first);
  watcher.tell(new Map(), tick);
  expect(client.requests).toEqual([
    {
      ...{ type: "requests", skipped: 0 },
      requests: [
        expect.objectContaining({ number: 1, status: 200 }),
        expect.objectContaining({ number: 2, status: 0 }),
      ],
    },
  ]);
});

it("of too many tells the newest and the number of the others", () => {
  const client = new Client();
  const watcher = new Watcher(client);
  for (let number = 1; number <= 1_250; number++) watcher.note(request(number, 200));
  watcher.tell(new Map(), tick);
  const [line] = client.requests;
  expect(line!.requests.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, index) => 1_151 + index));
  expect(line!.skipped).toBe(1_150);
});

it("writes nothing to a client that takes nothing, and then only what is new, whatever happened in the meantime", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 50 }), (bursts) => {
      const client = new Client();
      const watcher = new Watcher(client);
      client.writableNeedDrain = true;
      let number = 0;
      for (const burst of bursts) {
        for (let left = burst; left > 0; left--) watcher.note(request(++number, 200));
        watcher.tell(new Map([["jobs", section(`after ${number}`)]]), tick);
      }
      expect(client.texts).toEqual([]);
      client.writableNeedDrain = false;
      watcher.tell(new Map([["jobs", section("now")]]), tick);
      expect(client.texts).toHaveLength(1);
      expect(client.texts[0]!.length).toBeLessThan(20_000);
      const [line] = client.requests;
      expect((line?.requests.length ?? 0) + (line?.skipped ?? 0)).toBe(number);
    }),
  );
});
