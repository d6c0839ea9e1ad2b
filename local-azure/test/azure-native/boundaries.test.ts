import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";

const folder = path.resolve(__dirname, "../../src/azure-native");

it("imports nothing of local-azure outside its own folder", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const imports = files.flatMap((file) => {
    const specifiers = readFileSync(path.join(folder, file), "utf8").matchAll(/ from "(\.[^"]*)"/g);
    return [...specifiers].map(([, specifier]) =>
      path.relative(folder, path.resolve(folder, path.dirname(file), specifier!)),
    );
  });
  expect(imports.length).toBeGreaterThan(50);
  expect(imports.filter((target) => target.startsWith(".."))).toEqual([]);
});
