import { expect, it } from "@jest/globals";
import { LiveIds } from "../../../dynamic-providers/runtime/live-ids";
import { serializeByKey } from "../../../dynamic-providers/runtime/serialize-by-key";

it("remembers what is in use", () => {
  const ids = new LiveIds();
  ids.use("a");
  expect([ids.has("a"), ids.has("b")]).toEqual([true, false]);
});

it("takes what stays for in use only when a program says so, and not a refresh", () => {
  const [program, refresh] = [new LiveIds(), new LiveIds()];
  program.sawProgram();
  program.keep("a");
  refresh.keep("a");
  expect([program.has("a"), refresh.has("a"), refresh.destroying]).toEqual([true, false, true]);
});

it("takes a process that saw no program for a destroy", () => {
  const [used, asked, neither] = [new LiveIds(), new LiveIds(), new LiveIds()];
  used.use("a");
  asked.sawProgram();
  expect([used.destroying, asked.destroying, neither.destroying]).toEqual([false, false, true]);
});

it("runs tasks of one name in turn, also after one that failed, and others side by side", async () => {
  const turns = serializeByKey();
  const log: string[] = [];
  const task =
    (name: string, fails = false) =>
    async () => {
      log.push(`${name} starts`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
    };
  const results = await Promise.allSettled([turns("x", task("a", true)), turns("x", task("b")), turns("y", task("c"))]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(log.indexOf("b starts")).toBeGreaterThan(log.indexOf("a ends"));
  expect(log.indexOf("c starts")).toBeLessThan(log.indexOf("a ends"));
});
