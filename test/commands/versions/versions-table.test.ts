import { describe, expect, it } from "@jest/globals";
import stringWidth from "string-width";
import { versionsTable } from "../../../commands/versions/versions-table";
import type { ModelVersion } from "../../../dynamic-providers/model-versions/schema";

const version = (number: number, more: Partial<ModelVersion> = {}) =>
  ({
    ...{
      version: number,
      status: "kept",
      trainedAt: 1_795_000_000 + number,
      base: "gpt-4o-mini-2024-07-18",
      trainingExamples: 68,
    },
    ...{
      jobId: `ftjob-${number}`,
      fineTunedModel: `gpt-4o-mini-2024-07-18.ft-${"0123456789abcdef".repeat(2)}-ft-0${number}abcdef`,
    },
    ...more,
  }) as ModelVersion;
const promotedFrom = { stack: "dev", version: 3, accountId: "a" };
const register = { name: "tutor", versions: [version(2, { status: "serving", promotedFrom }), version(1)] } as never;
const widest = (text: string) => Math.max(...text.split("\n").map((line) => stringWidth(line)));

describe("versions", () => {
  it.each([60, 80, 110, 140, 160])(
    "fit into a terminal of %i columns, but for a name that is longer, and names stay whole",
    (columns) => {
      const text = versionsTable([register], columns);
      // `version`, two spaces, and the name of a model.
      expect(widest(text)).toBeLessThanOrEqual(Math.max(columns, 9 + 70));
      for (const { fineTunedModel } of [version(1), version(2)]) expect(text).toContain(fineTunedModel);
      expect(text).toContain("serving, version 3 of dev");
    },
  );

  it("are a table where there is room or no terminal", () => {
    expect(versionsTable([register], 80)).toMatch(
      /^version {2}2\nstatus {3}serving, version 3 of dev\ntrained {2}2026-/,
    );
    for (const columns of [undefined, 160]) expect(versionsTable([register], columns)).toMatch(/^┌─+┬/);
    expect(versionsTable([register, register], 80)).toMatch(/^tutor\nversion {2}2\n/);
  });
});
