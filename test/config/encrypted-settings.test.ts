import { expect, it } from "@jest/globals";
import { encryptionProblems } from "../../config/encrypted-settings";

const refused = [expect.stringMatching(/^job\.extraBody has an encrypted value, but/)];

it.each<[string, string | undefined, unknown[]]>([
  ["nothing is encrypted", undefined, []],
  ["the list is empty", "[]", []],
  ["another setting is", '["p:tags","azure-native:clientSecret"]', []],
  ["another project's is", '["other:job"]', []],
  ["a field of the job's request is", '["p:tags","p:job"]', refused],
])("%s", (_case, keys, problems) => {
  expect(encryptionProblems("p", { PULUMI_CONFIG_SECRET_KEYS: keys })).toEqual(problems);
});
