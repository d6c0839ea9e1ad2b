import { describe, expect, it } from "@jest/globals";
import { summary } from "../../commands/plan/outcome";
import { costFacts } from "../../report/cost";
import { lineageOf } from "../../report/lineage";
import { promotedFacts } from "../../report/promoted";
import type { ReportData } from "../../report/report-data";
import { stackFacts } from "../../report/stack-facts";
import { reportText } from "../../report/text";
import { servedNow } from "../../stack/served-now";
import { stackModels } from "../../stack/stack-models";
import { promotedState } from "./promoted-state";

const plain = (text: string) => text.replace(/\u001b\[\d+m/g, "");
const trained = "trained 2026-11-20 08:30 UTC from gpt-4o-mini-2024-07-18 on 68 rows (sha256 5a5a5a5a5a5a)";

describe("a stack that serves what another one has trained", () => {
  const facts = stackFacts(promotedState(2))!;

  it("has that version in the place of a job, with deployment and proof", () => {
    const { job, model, promoted, deployment, probe, earlier } = stackModels(promotedState(2));
    expect([job, model, earlier]).toEqual([undefined, undefined, undefined]);
    expect([promoted?.jobId, deployment?.model, probe?.answer]).toEqual(["ftjob-2", "gpt.ft-2", "A."]);
    expect(servedNow(facts)).toMatchObject({ deploymentName: "tutor", probe: { question: "Q?" } });
  });

  it("that went back to an earlier version, serves that one as an earlier model of a known job", () => {
    const back = stackModels(promotedState(1));
    expect(back.promoted?.jobId).toBe("ftjob-2");
    expect([back.deployment, back.probe]).toEqual([undefined, undefined]);
    expect(back.earlier).toMatchObject({ name: "gpt.ft-1", jobId: "ftjob-1", deployment: { name: "tutor" } });
    expect(servedNow(back)).toMatchObject({ deploymentName: "tutor", probe: { answer: "A." } });
  });

  it("has a lineage: where it is promoted from, its base model, and the files by hash", () => {
    const lineage = lineageOf("prod", facts, undefined, [], []);
    expect(lineage).not.toHaveProperty("job");
    expect(lineage).toMatchObject({
      ...{ stack: "prod", account: { name: "prod-ai" }, base: { model: "gpt-4o-mini-2024-07-18" } },
      datasets: [
        { role: "training", sha256: "5a".repeat(32), examples: 68 },
        { role: "validation", sha256: "6b".repeat(32) },
      ],
      promotedFrom: {
        ...{ stack: "dev", version: 3, account: "dev-ai", job: "ftjob-2", trainedAt: "2026-11-20T08:30:00.000Z" },
      },
      model: { name: "gpt.ft-2", checkpoint: "last" },
      deployment: { name: "tutor", sku: "Standard", capacity: 1 },
      register: { version: 2, status: "serving" },
    });
  });

  it("costs its hosting, and has neither an estimate nor a bill of a training", () => {
    expect(costFacts(facts, undefined, [])).toEqual({ hostingUsdPerHour: 1.7 });
  });

  it("is reported with where its training is to be read", () => {
    const report = {
      ...{ stack: "prod", account: { name: "prod-ai" }, steps: [], checkpoints: [], datasets: [] },
      promoted: promotedFacts(facts.promoted!),
      cost: costFacts(facts, undefined, []),
      lineage: lineageOf("prod", facts, undefined, [], []),
    } as unknown as ReportData;
    const rows = plain(reportText(report))
      .split("\n")
      .map((line) => line.trim().replace(/ {2,}/g, " "));
    expect(rows.slice(2)).toEqual([
      `promoted version 3 of dev, ${trained}`,
      "model gpt.ft-2",
      "version 2, serving",
      "This model was trained in the stack dev. To see its training report, run: npm run report -- --stack dev",
      "hosting $1.70 an hour",
    ]);
  });

  it("ends an `up` with what it has promoted", () => {
    const lines = plain(summary(promotedState(2), { create: 7 })).split("\n");
    expect(lines).toContain(`  promoted    version 3 of dev, ${trained}; nothing was trained here`);
    expect(lines).toContain("  model       gpt.ft-2");
  });
});
