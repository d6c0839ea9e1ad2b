import { writeFileSync } from "node:fs";
import path from "node:path";
import { readCases } from "../../evaluation/cases/read-cases";
import type { EvaluationOptions } from "../../evaluation/options";
import { DEFAULT_GRADER, readGrader } from "../../evaluation/graders/read-grader";
import type { Subject } from "../../evaluation/running/subject";
import { deploy, type Rehearsal, submitJob, upload } from "../support/rehearsal";
import type { TestOptions } from "local-azure/testing";
import { rehearse } from "../support/rehearsal";

export const baseModel = "gpt-4o-mini-2024-07-18";
const rate = { input: 0.165, output: 0.66 };
const topics = ["perceptrons", "gradients", "overfitting", "tokens", "embeddings", "attention", "agents", "search"];

/** Rows about numbered topics; `taught` is what the answers say of them. */
export function lessons(count: number, taught = "are best learned step by step, with care"): string {
  return Array.from({ length: count }, (_, index) => {
    const topic = topics[index % topics.length];
    const messages = [
      { role: "system", content: "The system is an AI teacher that helps people learn about AI" },
      { role: "user", content: `What are ${topic} number ${index}?` },
      { role: "assistant", content: `Lesson ${index}: ${topic} ${taught}.` },
    ];
    return `${JSON.stringify({ messages })}\n`;
  }).join("");
}

/** A rehearsal with a good model, a worse one and the base model, each on a deployment; and cases in a file. */
export interface RehearsedModels {
  rehearsal: Rehearsal;
  good: Subject;
  worse: Subject;
  base: Subject;
  /** Options of an evaluation of the good model, with a folder of its own for the answers. */
  options(more?: Partial<Omit<EvaluationOptions, "cases">> & { cases?: string }): Promise<EvaluationOptions>;
  /** Chat requests that the service has got. */
  asked(): number;
}

export async function rehearseModels(settings: TestOptions["settings"] = {}): Promise<RehearsedModels> {
  const rehearsal = await rehearse({ settings });
  const { service, clock, accountId, proxy } = rehearsal;
  const dataPlane = await (await rehearsal.newProcess().azure()).dataPlane(accountId);
  const { jobs } = dataPlane;
  const chat = dataPlane.chatWith();
  const train = async (name: string, rows: string): Promise<Subject> => {
    const job = await submitJob(rehearsal, upload(rehearsal, `${name}.jsonl`, rows).fileId);
    service.advance(1_800_000);
    const model = (await jobs.get(job)).fine_tuned_model!;
    deploy(rehearsal, name, model);
    return { name, deploymentName: name, model, chat, rate };
  };
  const good = await train("good", lessons(60));
  const worse = await train("worse", lessons(60, "cannot be explained at all, so ask somebody else instead"));
  deploy(rehearsal, "base", baseModel);
  const base = { name: "base", deploymentName: "base", model: `${baseModel}@1`, chat, rate };
  let folders = 0;
  return {
    ...{ rehearsal, good, worse, base },
    options: async ({ cases = lessons(40), ...more } = {}) => {
      const folder = path.join(rehearsal.folder, `answers-${folders++}`);
      const file = path.join(rehearsal.folder, `cases-${folders}.jsonl`);
      writeFileSync(file, cases);
      const { grader, paths } = readGrader(DEFAULT_GRADER);
      const read = await readCases({ path: file, paths });
      return { cases: read, grader, subjects: [good, worse], clock, folder, concurrency: 8, ...more };
    },
    asked: () => proxy.count("POST", /\/chat\/completions$/),
  };
}
