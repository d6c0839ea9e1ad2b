import { expect, it } from "@jest/globals";
import { sayAs } from "../../../dynamic-providers/runtime/say";

it("what lasts says what it is about; a status is short", () => {
  const lines: string[] = [];
  const say = sayAs(
    { print: (line) => lines.push(`print ${line}`), status: (line) => lines.push(`status ${line}`) },
    "file a",
  );
  say("already uploaded as file-1");
  say.status("44% · 10 s left");
  expect(lines).toEqual(["print [file a] already uploaded as file-1", "status 44% · 10 s left"]);
});
