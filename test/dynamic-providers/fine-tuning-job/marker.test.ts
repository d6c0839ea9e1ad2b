import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bearsMarker, marker, suffix } from "../../../dynamic-providers/fine-tuning-job/marker";

const owner = { trainingKey: "c".repeat(64), project: "finetune", stack: "dev", logicalName: "finetune-job" };

describe("marker", () => {
  /** A marker that changes means that a job that lives is not found again, and another one is paid. */
  it("is pinned", () => {
    expect(marker(owner)).toBe("464c78a062a95591b4533687417faaf7da9658b0e4231817f5e87c24a974fe1d");
    expect(suffix("teacher", marker(owner))).toBe("teacher-464c78a0");
  });

  it.each(["trainingKey", "project", "stack", "logicalName"] as const)("changes with %s", (name) => {
    expect(marker({ ...owner, [name]: "other" })).not.toBe(marker(owner));
  });

  it("does not mix its parts up", () => {
    expect(marker({ ...owner, project: "a", stack: "bc" })).not.toBe(marker({ ...owner, project: "ab", stack: "c" }));
  });
});

describe("suffix", () => {
  it("has at most 18 characters, no dot, and bears the marker whatever its base", () => {
    const base = fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{0,9}$/), { nil: undefined });
    fc.assert(
      fc.property(base, fc.uuid(), (start, stack) => {
        const own = marker({ ...owner, stack });
        const made = suffix(start, own);
        expect(made).toMatch(/^[A-Za-z0-9_-]{1,9}-[0-9a-f]{8}$/);
        expect(bearsMarker(made, own)).toBe(true);
        expect(bearsMarker(made, marker(owner))).toBe(false);
      }),
    );
  });

  it.each([undefined, null, "", "ft", "01234567"])("of others (%s) bears no marker", (other) => {
    expect(bearsMarker(other, marker(owner))).toBe(false);
  });
});
