import { Azure } from "../../azure-openai/azure";
import { systemClock } from "../../azure-openai/clock";
import type { AzureSettings } from "../../azure-openai/settings";
import { readCases } from "../../evaluation/cases/read-cases";
import { evaluate } from "../../evaluation/evaluate";
import { DEFAULT_GRADER, readGrader } from "../../evaluation/graders/read-grader";
import type { Subject } from "../../evaluation/running/subject";

/** What the process is told, as JSON in its first argument. */
export interface Told {
  settings: AzureSettings;
  accountId: string;
  subjects: [Omit<Subject, "chat">, ...Omit<Subject, "chat">[]];
  cases: string;
  folder: string;
  concurrency: number;
}

/**
 * An evaluation in a process of its own, which a test can kill. Prints the evaluation as JSON, and on stderr what it took: CPU milliseconds of the
 * evaluation, wall-clock milliseconds, and the process's peak memory in MB.
 */
async function main(): Promise<void> {
  const { settings, accountId, subjects, cases, folder, concurrency } = JSON.parse(process.argv[2]!) as Told;
  const azure = await Azure.connect(settings, { clock: systemClock, destroying: () => false });
  const chat = (await azure.dataPlane(accountId)).chatWith();
  const { grader, paths } = readGrader(DEFAULT_GRADER);
  const read = await readCases({ path: cases, paths });
  const [first, ...others] = subjects.map((subject) => ({ ...subject, chat })) as unknown as [Subject, ...Subject[]];
  const started = { cpu: process.cpuUsage(), at: performance.now() };
  const evaluation = await evaluate({
    ...{ cases: read, grader, folder, concurrency, clock: systemClock },
    subjects: [first, ...others],
  });
  const { user, system } = process.cpuUsage(started.cpu);
  const took = { cpuMs: (user + system) / 1000, wallMs: performance.now() - started.at };
  console.error(JSON.stringify({ ...took, peakMb: process.resourceUsage().maxRSS / 1024 }));
  console.log(JSON.stringify(evaluation));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
