import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "@jest/globals";

it("npm run test:quick leaves out browsers, tools and the real CLI, and nothing else", () => {
  const root = path.resolve(__dirname, "..");
  const list = (...command: string[]) =>
    execFileSync(process.execPath, [...command, "--listTests"], { cwd: root, encoding: "utf8" })
      .trim()
      .split("\n");
  const quick = new Set(list("test/quick.js"));
  const left = list("node_modules/jest/bin/jest.js", "--selectProjects", "unit")
    .filter((file) => file.endsWith(".test.ts") && !quick.has(file))
    .map((file) => path.relative(root, file));
  expect(quick.size).toBeGreaterThan(200);
  expect([...quick].filter((file) => file.includes("e2e"))).toEqual([]);
  expect(left).toEqual(
    expect.arrayContaining([
      "test/browser/playground.test.ts",
      "test/browser/report.test.ts",
      "test/playground/page/snippets.test.ts",
      "local-azure/test/data-plane/python-0-28.test.ts",
    ]),
  );
  expect(left.length).toBeLessThan(45);
});
