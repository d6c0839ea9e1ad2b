import { expect, it } from "@jest/globals";
import { goingBack } from "../../../commands/versions/going-back";
import type { ModelVersion } from "../../../dynamic-providers/model-versions/schema";

it.each([
  [["serving", "kept"], "To serve another one: npm run rollback. Nothing is trained."],
  [["rejected", "kept"], "To serve another one: npm run rollback. Nothing is trained."],
  [["serving"], "There is no other version that can serve."],
  [["rejected", "serving"], "There is no other version that can serve."],
  [["rejected"], expect.stringMatching(/^None of these versions can serve\. Change a threshold in /)],
])("%j", (statuses, line) => {
  const versions = statuses.map((status, index) => ({ version: index + 1, status }) as unknown as ModelVersion);
  expect(goingBack([{ versions }], "npm run rollback")).toEqual(line);
});
