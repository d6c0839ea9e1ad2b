import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "@jest/globals";

const root = path.resolve(__dirname, "..");
const list = (...command: string[]) =>
  execFileSync(process.execPath, [...command, "--listTests"], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n")
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => path.relative(root, file));

const unit = list("node_modules/jest/bin/jest.js", "--selectProjects", "unit");
const chosen = list("test/quick.js", "--testPathPatterns", ".");
const quick = list("test/quick.js");
const without = (few: string[], many: string[]) => many.filter((file) => !few.includes(file));

it("npm run test:quick leaves out browsers, tools and the real CLI, and nothing else", () => {
  const left = without(chosen, unit);
  expect(chosen.length).toBeGreaterThan(400);
  expect(chosen.filter((file) => file.includes("e2e"))).toEqual([]);
  expect(left).toEqual(
    expect.arrayContaining([
      "test/browser/playground.test.ts",
      "test/browser/report.test.ts",
      "test/playground/page/snippets.test.ts",
      "local-azure/test/data-plane/python-0-28.test.ts",
    ]),
  );
  expect(left.length).toBeLessThan(50);
});

it("of all the others, those with a rehearsal service are left out where no tests are chosen", () => {
  const left = without(quick, chosen);
  expect(quick.length).toBeGreaterThan(300);
  expect(without(unit, quick)).toEqual([]);
  expect(left).toEqual(
    expect.arrayContaining([
      "test/dynamic-providers/fine-tuning-job/handler.test.ts",
      "test/dynamic-providers/trained-model/handler.test.ts",
      "test/evaluation/evaluate.test.ts",
      "local-azure/test/contract/resource-manager.test.ts",
    ]),
  );
  expect(quick).toEqual(
    expect.arrayContaining([
      "test/commands/preview-summary/summary.test.ts",
      "test/components/fine-tuned-model.test.ts",
      "test/datasets/rules/file-rules.test.ts",
      "test/dynamic-providers/fine-tuning-job/submit-once.test.ts",
      "local-azure/test/azure-native/polling.test.ts",
    ]),
  );
  expect(left.length).toBeLessThan(110);
});
