import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ReportData } from "../../report/report-data";
import { reportDocument } from "../../report/report-document";
import { reportText } from "../../report/text";
import { answerOf, deploymentOf, type Phase, shaOf } from "./phase-states";
import { type NextStatus, phasesByStatus, twoTrainings, type TwoOnRehearsal } from "./two-trainings";

/** What only one of the trainings may be told by. */
const marks = ({ old, next }: TwoOnRehearsal) => ({
  old: [old.jobId, old.model, old.trainingFileId, answerOf.old, deploymentOf.old, shaOf.old, "old".padEnd(64, "0")],
  next: [next.jobId, next.model, next.trainingFileId, answerOf.next, deploymentOf.next, shaOf.next],
});
const foundIn = (texts: string[], of: string[]) => of.filter((mark) => texts.some((text) => text.includes(mark)));

/** The parts of a report: those of its job, and those of an earlier one. What the account or the settings have is neither's. */
function split({ earlier, lineage, otherJobs: _, datasets: __, ...own }: ReportData) {
  const { earlier: earlierLineage, ...ownLineage } = lineage;
  return {
    own: [own, ownLineage].map((part) => JSON.stringify(part)),
    earlier: [earlier, earlierLineage].map((part) => JSON.stringify(part ?? null)),
  };
}

/** The terminal's lines, those of the earlier model apart. */
function splitText(report: ReportData) {
  const lines = reportText(report)
    .replace(/\u001b\[\d+m/g, "")
    .split("\n");
  const from = lines.findIndex((line) => / {2}(serving now|earlier model) /.test(line));
  const ofSettings = (line: string) => !/^ {2}training file/.test(line);
  return {
    own: (from < 0 ? lines : lines.slice(0, from)).filter(ofSettings),
    earlier: from < 0 ? [] : lines.slice(from),
  };
}

describe.each(Object.entries(phasesByStatus) as [NextStatus, Phase[]][])("the next job is %s", (status, names) => {
  let two: TwoOnRehearsal;
  beforeAll(async () => {
    two = await twoTrainings(status);
  });
  afterAll(() => two?.close());

  it.each(names)("%s: nothing of one model is told of the other", async (phase) => {
    const report = await two.view(phase).report();
    const { old, next } = marks(two);
    const [mine, others] = report.job!.id === two.old.jobId ? [old, next] : [next, old];
    for (const { own, earlier } of [split(report), splitText(report)]) {
      expect(foundIn(own, others)).toEqual([]);
      // The card says which job takes its place; nothing else of that is there.
      expect(foundIn(earlier, mine)).toEqual([]);
      expect(foundIn(own, [report.job!.id])).toHaveLength(1);
    }
  });

  it.each(names)("%s: terminal and JSON tell the same", async (phase) => {
    const report = await two.view(phase).report();
    const text = splitText(report);
    const { earlier, lineage, job, probe, cost } = report;
    expect([lineage.job!.id, lineage.model?.name]).toEqual([job!.id, job!.refused ? undefined : job!.fineTunedModel]);
    expect(lineage.job!.billedTokens).toBe(cost.billed?.tokens);
    expect(foundIn(text.own, [probe?.answer ?? "no proof"])).toHaveLength(earlier || !probe ? 0 : 1);
    expect(lineage.earlier?.model).toEqual(earlier && { name: earlier.model, checkpoint: "last" });
    expect(lineage.earlier?.job?.id).toBe(earlier?.job?.id);
    expect(lineage.earlier?.job?.billedTokens).toBe(earlier?.billed?.tokens);
    expect(lineage.earlier?.serving ?? false).toBe(earlier?.deployment !== undefined);
    const shown = earlier ? [earlier.deployment ? "serving now" : "earlier model", earlier.model] : [];
    expect(foundIn(text.earlier, shown)).toEqual(shown);
    expect(text.earlier.length > 0).toBe(earlier !== undefined);
    const theirs = earlier ? [earlier.job?.id ?? "not known", earlier.probe!.answer] : [];
    expect(foundIn(text.earlier, theirs)).toEqual(theirs);
  });
});

describe("the details", () => {
  let two: TwoOnRehearsal;
  beforeAll(async () => {
    two = await twoTrainings("succeeded");
  });
  afterAll(() => two?.close());

  it("a model that the gate refuses is named, but not as deployed", async () => {
    const { job, lineage, checkpoints } = await two.view("new model refused").report();
    expect(job).toMatchObject({ fineTunedModel: two.next.model, refused: true });
    expect([lineage.model, lineage.candidate]).toEqual([undefined, two.next.model]);
    expect(checkpoints.filter(({ chosen }) => chosen)).toEqual([]);
  });

  it("files and estimate of a training that was not submitted are marked as the next one's", async () => {
    const phase = "next data validated, job refused before it was submitted";
    const { cost, datasets, lineage } = await two.view(phase).report();
    expect(cost.estimated?.next).toBe(true);
    expect(datasets.map(({ path, next }) => [path, next])).toEqual([["next.jsonl", true]]);
    expect(lineage.datasets).toEqual([
      {
        ...{ role: "training", path: "old.jsonl", sha256: shaOf.old, examples: 60, tokens: 5000 },
        fileId: two.old.trainingFileId,
      },
    ]);
    const settled = await two.view("settled").report();
    expect([settled.cost.estimated?.next, settled.datasets[0]!.next]).toEqual([undefined, undefined]);
  });

  it("the bill of each is its own", async () => {
    const { cost, earlier } = await two.view("new model not deployed yet").report();
    const old = (await two.view("next data validated, job refused before it was submitted").report()).cost;
    expect(earlier!.billed).toEqual(old.billed);
    expect(cost.billed!.tokens).toBeGreaterThan(earlier!.billed!.tokens);
  });

  it("a rehearsal says that it is one, whatever the stack's name; Azure does not", async () => {
    const rehearsed = await two.view("settled").report();
    const { rehearsal: _, ...azure } = rehearsed;
    expect([rehearsed.stack, rehearsed.rehearsal, rehearsed.lineage.rehearsal]).toEqual(["dev", true, true]);
    const shown = async (report: ReportData) => [
      reportText(report).includes("Rehearsal. This account is simulated by local-azure, not on Azure."),
      (await reportDocument(report)).html.includes("<title>Rehearsal: training report: dev</title>"),
    ];
    expect(await shown(rehearsed)).toEqual([true, true]);
    expect(await shown(azure)).toEqual([false, false]);
  });
});
