import { expect, it } from "@jest/globals";
import { rolesOf } from "../../../../report/page/evaluation/roles";
import { madeUp } from "../../../evaluation/results/made-up";

const tuned = "gpt-4o-mini-2024-07-18.ft-1-team";

it.each<[string, string, number, string | undefined, string[]]>([
  ["new", tuned, 0, undefined, ["candidate"]],
  ["new", tuned, 0, tuned, ["candidate", "serving"]],
  ["candidate", tuned, 0, `${tuned}:ckpt-step-3`, []],
  ["old", `${tuned} with the filter strict`, 1, tuned, ["serving"]],
  ["gpt", "gpt-4o-mini@2024-07-18", 1, tuned, ["base"]],
  ["base", "gpt-4o-mini@2024-07-18", 1, tuned, []],
  ["other", "other at https://x.openai.azure.com/", 1, undefined, []],
])("%s (%s) at place %d, while %s serves: %j", (name, model, place, served, roles) => {
  const { summary } = madeUp({ scores: { first: [1], second: [0] } });
  Object.assign(summary.models[place]!, { name, model });
  expect(rolesOf(summary, place, served)).toEqual(roles);
});
