import { describe, expect, it } from "@jest/globals";

const failed = { code: 3, output: "Reading.\nerror: the file is gone", stdout: "Reading.\n", found: { rows: 2 } };
const succeeded = { code: 0, stdout: "12 rows\n", stderr: "1 warning\n" };
const messageOf = (compare: () => void): string => {
  try {
    compare();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("It passed.");
};

it("what ended as expected passes, and its members are compared as toMatchObject does", () => {
  expect(succeeded).toSucceed();
  expect(succeeded).toSucceed({ stderr: expect.stringContaining("warning") });
  expect(failed).toFail();
  expect(failed).toFail({ found: {} });
  expect(failed).toExitWith(3, { found: { rows: 2 } });
  expect(failed).not.toExitWith(2);
});

describe("everything that the command printed stands in the failure", () => {
  it.each<[string, () => void, RegExp]>([
    ["it had to succeed", () => expect(failed).toSucceed(), /code: .*0.*\n.*code: .*3/s],
    ["another exit code", () => expect(failed).toExitWith(2), /code: .*2.*\n.*code: .*3/s],
    ["another member", () => expect(failed).toExitWith(3, { found: { rows: 1 } }), /rows.*1.*found:.*rows.*2/s],
    ["it must not end so", () => expect(failed).not.toExitWith(3), /code: not .*3/s],
  ])("%s", (_, compare, says) => {
    const message = messageOf(compare);
    expect(message).toMatch(says);
    expect(message).toContain(failed.output);
  });

  it("of both streams, where they are apart", () => {
    const message = messageOf(() => expect(succeeded).toFail());
    expect(message).toMatch(/other than 0.*stdout:\n12 rows\n.*stderr:\n1 warning\n/s);
  });
});
