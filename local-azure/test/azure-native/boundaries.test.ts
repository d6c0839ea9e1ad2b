import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, it } from "@jest/globals";

const folder = resolve(__dirname, "../../src/azure-native");

it("imports nothing of local-azure outside its own folder", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const imports = files.flatMap((file) => {
    const specifiers = readFileSync(join(folder, file), "utf8").matchAll(/ from "(\.[^"]*)"/g);
    return [...specifiers].map(([, specifier]) => relative(folder, resolve(folder, dirname(file), specifier!)));
  });
  expect(imports.length).toBeGreaterThan(50);
  expect(imports.filter((target) => target.startsWith(".."))).toEqual([]);
});
