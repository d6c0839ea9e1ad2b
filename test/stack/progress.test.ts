import { expect, it } from "@jest/globals";
import { Progress } from "../../stack/progress";

function watch(isTTY: boolean) {
  let time = 0;
  let written = "";
  const progress = new Progress({ isTTY, write: (text) => (written += text) }, () => time);
  const at = (milliseconds: number, fraction: number) => {
    time = milliseconds;
    progress.show("compiling", fraction);
  };
  return { at, done: () => progress.done("built"), written: () => written };
}

it("without a terminal: a line every ten seconds at most, with the time left", () => {
  const { at, done, written } = watch(false);
  at(0, 0);
  at(5_000, 0.2);
  at(10_000, 0.25);
  done();
  expect(written()).toBe("  compiling (0 s)\n  compiling (10 s, about 30 s left)\n  built (10 s)\n");
});

it("on a terminal: one line, written over", () => {
  const { at, written } = watch(true);
  at(0, 0);
  at(300, 0.5);
  expect(written()).toBe("\r\x1b[K  compiling (0 s)\r\x1b[K  compiling (0 s, about 0 s left)");
});
