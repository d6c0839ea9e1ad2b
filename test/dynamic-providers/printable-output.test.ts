import { describe, expect, it, jest } from "@jest/globals";
import { AzureFailure } from "../../azure-openai/failure";
import { providerProcess } from "../../dynamic-providers/runtime/context";
import { PartialFailure } from "../../dynamic-providers/runtime/partial-failure";
import { runHandler } from "../../dynamic-providers/run-handler";

const raw = "No\u001b]0;title\u0007 room\u202e\n::error::x";
const shown = "No\\u001b]0;title\\u0007 room\\u202e\n\\u003a:error::x";

describe("text of the service reaches the engine as text that steers nothing", () => {
  it("in a line", () => {
    const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    providerProcess.print(`[x] ${raw}`);
    const written = write.mock.calls.map(([text]) => text);
    write.mockRestore();
    expect(written).toEqual([`[x] ${shown}\n`]);
  });

  // As a DOMException's; in Jest that is no instance of its Error.
  const withoutSetter = Object.create(Error.prototype, { message: { get: () => raw } }) as Error;
  const failures: [string, Error][] = [
    ["Azure's refusal", new AzureFailure(raw)],
    ["a mistake", new Error(raw)],
    [
      "a timeout of the platform, whose message has no setter",
      Object.assign(Object.create(withoutSetter) as Error, { stack: raw }),
    ],
    ["a defect, whose stack is shown", new TypeError(raw)],
  ];
  it.each(failures)("in %s", async (_what, failure) => {
    const failing = runHandler({ create: () => Promise.reject(failure) }, "create", [{}]);
    const error = await failing.then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error!.message).toContain(shown);
    expect(error!.message).not.toContain("\u001b");
    expect(error!.stack).toContain(shown);
    expect(error!.stack).not.toContain("\u001b");
  });

  it("once: what the provider process would write beside the engine's own line is left out", async () => {
    const written: unknown[] = [];
    const write = console.error;
    console.error = (line: unknown) => void written.push(line);
    try {
      for (const method of ["check", "diff", "read", "delete"] as const) {
        const failing = runHandler({ [method]: () => Promise.reject(new Error(raw)) }, method, [{}]);
        const error = await failing.catch((thrown: unknown) => thrown as Error);
        // As Pulumi's provider process writes it.
        console.error(`${String(error)}: ${(error as Error).stack}`);
        console.error(`${method}: something else`);
      }
    } finally {
      console.error = write;
    }
    expect(written).toEqual(["check", "diff", "read", "delete"].map((method) => `${method}: something else`));
  });

  it("in the reasons of what got part of the way", () => {
    expect(new PartialFailure(raw, "id", {}, {}).reasons).toEqual([shown]);
  });

  it("in the reasons for which a check refuses", async () => {
    const check = () => Promise.resolve({ inputs: { a: raw }, failures: [{ property: "a", reason: raw }] });
    const result = await runHandler({ check }, "check", [{}, {}]);
    // The inputs are data: they stay.
    expect(result).toEqual({ inputs: { a: raw }, failures: [{ property: "", reason: shown }] });
  });

  it("without a property, whose value the engine would print as Go does: {map[maxTrainingUsd:{0.01}]}", async () => {
    const failures = [
      { property: "budget", reason: "Training would cost $0.06, over budget.maxTrainingUsd of $0.01." },
    ];
    const check = () => Promise.resolve({ inputs: { budget: { maxTrainingUsd: 0.01 } }, failures });
    expect(await runHandler({ check }, "check", [{}, {}])).toMatchObject({
      failures: [{ property: "", reason: failures[0]!.reason }],
    });
  });
});
