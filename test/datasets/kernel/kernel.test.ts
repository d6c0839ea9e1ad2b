import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { kernelFor } from "../../../datasets/tokenizer/kernel-for-table";
import { Kernel } from "../../../datasets/kernel/kernel";
import { encodingTable } from "../../../datasets/tokenizer/encoding-table";
import { compileKernel } from "../../../commands/kernel/compile";
import { projectFolder } from "../../../stack/project";
import { temporaryFolder } from "../../support/temporary-folder";

describe("kernel.wasm", () => {
  it("is what its sources compile to (else: npm run kernel)", () => {
    const compiled = path.join(temporaryFolder("kernel-test"), "kernel.wasm");
    compileKernel(compiled);
    const kept = readFileSync(path.join(projectFolder, "datasets", "kernel", "kernel.wasm"));
    expect(readFileSync(compiled).equals(kept)).toBe(true);
  });
});

describe("Kernel", () => {
  it("keeps its texts apart from what lies behind, whatever their length", () => {
    const kernel = new Kernel();
    for (const length of [1, 65_535, 65_536, 3_000_000, 10]) {
      const bytes = Buffer.alloc(length, "x");
      expect(kernel.put(bytes, 0, length, true) - kernel.source).toBe(length);
      expect(kernel.putText("é".repeat(length)) - kernel.source).toBe(2 * length);
    }
    expect(kernel.size).toBeGreaterThan(4 * 3_000_000);
  });

  it("takes no byte behind a text for a part of it", async () => {
    const kernel = kernelFor(await encodingTable("o200k_base"));
    const { exports, source } = kernel;
    // What an earlier, longer text has left would be found behind a shorter one.
    for (const [text, pieces] of [
      ["Zan", [3]],
      [" ", [1]],
      ["A", [1]],
      ["word", [4]],
      ["word'", [4, 5]],
      ["\n", [1]],
    ] as const) {
      kernel.put(Buffer.from("Zanzibar words'll and more of it"), 0, 32);
      const length = kernel.put(Buffer.from(text), 0, text.length) - source;
      const ends: number[] = [];
      for (let at = 0; at < length; ends.push(at)) at = exports.endOfPiece(source + at, source + length) - source;
      expect([text, ends]).toEqual([text, pieces]);
    }
  });
});
