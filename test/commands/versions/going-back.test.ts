import { expect, it } from "@jest/globals";
import { goingBack } from "../../../commands/versions/going-back";
import type { ModelVersion } from "../../../dynamic-providers/model-versions/schema";

it.each([
  [["serving", "kept"], "To deploy another version, run: npm run rollback. Nothing is trained."],
  [["rejected", "kept"], "To deploy another version, run: npm run rollback. Nothing is trained."],
  [["serving"], "There is no other version to deploy."],
  [["rejected", "serving"], "There is no other version to deploy."],
  [["rejected"], expect.stringMatching(/^None of these versions can be deployed\. Change a threshold in /)],
])("%j", (statuses, line) => {
  const versions = statuses.map((status, index) => ({ version: index + 1, status }) as unknown as ModelVersion);
  expect(goingBack([{ versions }], "run: npm run rollback")).toEqual(line);
});
