import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";

const source = path.resolve(__dirname, "../src");

/** Rooms of a folder from the top floor to the ground: a file imports from its own room and from lower floors only. */
const houses = [
  {
    folder: "",
    floors: [
      ["cli.ts", "index.ts", "testing.ts"],
      ["command.ts"],
      ["rehearsal"],
      ["service"],
      ["live"],
      ["admin"],
      ["directory"],
      ["arm", "data-plane"],
      ["sign-in", "faults", "models", "prices"],
      ["storage", "course"],
      ["rbac"],
      ["http", "world"],
      ["azure-native"],
    ],
  },
  {
    folder: "data-plane",
    floors: [
      ["routes.ts"],
      ["mount.ts", "model-operations.ts"],
      ["responses", "embeddings", "evals"],
      ["access.ts", "chat", "uploads", "jobs"],
      ["files"],
      ["reinforcement"],
      ["answering", "graders"],
      ["training"],
      ["rows", "api"],
    ],
  },
];

it.each(houses)("knows every room of src/$folder", ({ folder, floors }) => {
  expect(readdirSync(path.join(source, folder)).sort()).toEqual(floors.flat().sort());
});

it.each(houses)("imports only downwards in src/$folder", ({ folder, floors }) => {
  const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));
  const imports = importsBelow(path.join(source, folder)).filter(({ from, to }) => roomOf(from) !== roomOf(to));
  const inside = imports.filter(({ to }) => roomOf(to) !== "..");
  expect(inside.length).toBeGreaterThan(50);
  expect(inside.filter(({ from, to }) => floorOf(roomOf(from)) >= floorOf(roomOf(to)))).toEqual([]);
});

it("imports nothing from outside the package", () => {
  const imports = importsBelow(source);
  expect(imports.length).toBeGreaterThan(500);
  expect(imports.filter(({ to }) => roomOf(to) === "..")).toEqual([]);
});

/** Relative imports of a folder's files, types included; both ends as paths from the folder. */
function importsBelow(folder: string): { from: string; to: string }[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  return files.flatMap((from) => {
    const specifiers = readFileSync(path.join(folder, from), "utf8").matchAll(/ from "(\.[^"]*)"/g);
    return [...specifiers].map(([, specifier]) => {
      const target = path.join(path.dirname(from), specifier!);
      return { from, to: existsSync(path.join(folder, `${target}.ts`)) ? `${target}.ts` : target };
    });
  });
}

function roomOf(file: string): string {
  return file.split(path.sep)[0]!;
}
