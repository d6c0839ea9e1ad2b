import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { EventTail } from "../../../stack/live-line/event-tail";

let folder: string;
let file: string;
let tail: EventTail;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "event-tail-"));
  file = path.join(folder, "events.jsonl");
  tail = new EventTail(file);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (message: string, timestamp = 1) =>
  `${JSON.stringify({ sequence: 0, timestamp, diagnosticEvent: { severity: "info", message } })}\n`;
const messages = () => tail.read().map((event) => event.diagnosticEvent?.message);

it("reads nothing while there is no file", () => {
  expect(messages()).toEqual([]);
});

it("reads each event once, however the writes cut lines and characters", () => {
  const bytes = Buffer.from(line("49% · █") + line("50%"));
  const seen: (string | undefined)[] = [];
  for (const byte of bytes) {
    appendFileSync(file, Buffer.from([byte]));
    seen.push(...messages());
  }
  expect(seen).toEqual(["49% · █", "50%"]);
});

it.each([
  ["shorter", ["preview", "preview 2"], ["update"]],
  ["longer", ["preview"], ["update", "update 2", "update 3"]],
])("reads a log that was begun again and is %s by now from its beginning", (_what, first, second) => {
  writeFileSync(file, first.map((message) => line(message)).join(""));
  expect(messages()).toEqual(first);
  writeFileSync(file, second.map((message) => line(message, 2)).join(""));
  expect(messages()).toEqual(second);
});

it("leaves out what an earlier run wrote", () => {
  writeFileSync(file, line("last run") + line("its end"));
  tail = new EventTail(file);
  expect(messages()).toEqual([]);
  writeFileSync(file, line("this run", 2));
  expect(messages()).toEqual(["this run"]);
});

it("reads a log larger than one piece", () => {
  const many = Array.from({ length: 3_000 }, (_, number) => `${number} ${"x".repeat(40)}`);
  writeFileSync(file, many.map((message) => line(message)).join(""));
  expect(messages()).toEqual(many);
});
