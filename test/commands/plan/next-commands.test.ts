import { expect, it } from "@jest/globals";
import { cloudCommands, rehearsalCommands } from "../../../commands/plan/next-commands";

const held = [{ accountName: "a", resourceGroupName: "g", location: "l", until: "2026-11-25" }];

it.each([
  [rehearsalCommands, undefined, "npm run local -- stack output", "npm start"],
  [rehearsalCommands, "local", "npm run local -- stack output", "npm start"],
  [rehearsalCommands, "prod", "npm run local -- stack output --stack prod", "npm run local -- up --stack prod"],
  [cloudCommands, undefined, "pulumi stack output", "npm run up"],
  [cloudCommands, "prod", "pulumi stack output --stack prod", "npm run up"],
])("%#: the commands are of the stack that the run was about", (commands, stack, outputs, again) => {
  expect(commands.outputs(stack)).toBe(outputs);
  for (const left of [[], held]) expect(commands.afterDestroy(stack, left).join("\n")).toContain(again);
});

it.each([
  [rehearsalCommands, "local", "npm run local -- preview"],
  [rehearsalCommands, "prod", "npm run local -- preview --stack prod"],
  [cloudCommands, undefined, "npm run preview"],
  [cloudCommands, "prod", "npm run preview -- --stack prod"],
])("%#: the preview that lists everything is of that stack", (commands, stack, preview) => {
  expect(commands.preview(stack)).toBe(preview);
});
