import type { Azure } from "../../azure-openai/azure";
import type { Catalog } from "../../catalog";
import type { Grader } from "../../graders/grader";
import type { Subject } from "../../evaluation/running/subject";
import { UserError } from "../../stack/command";
import { SubjectFinder } from "./find-subject";
import type { EvaluationPlan } from "./plan";

/** Everybody who is asked. */
export interface Asked {
  subjects: [Subject, ...Subject[]];
  judges: Record<string, Subject>;
}

/** @throws UserError for a deployment or judge that is not there; AzureFailure */
export async function subjectsOf(plan: EvaluationPlan, azure: Azure, catalog: Catalog, grader: Grader): Promise<Asked> {
  const finder = new SubjectFinder(azure, catalog, plan.accountId);
  const found = await Promise.all(plan.deployments.map((address) => finder.find(address)));
  const judges: Record<string, Subject> = {};
  for (const model of grader.judges) {
    const address = plan.judges[model] ?? plan.judges[""];
    const judge = address ? await finder.find(address) : await finder.judge(model);
    if (!judge) {
      throw new UserError(
        `The grader calls ${model}, but the stack's account has no deployment with that name or model. Specify one with --judge ${model}=<deployment>.`,
      );
    }
    judges[model] = judge;
  }
  return { subjects: named(plan, found), judges };
}

/** Deployments of one name in different accounts are told apart by their accounts. */
function named({ deployments }: EvaluationPlan, found: Subject[]): [Subject, ...Subject[]] {
  const names = found.map(({ name }) => name);
  return found.map((subject, index) => {
    if (names.indexOf(subject.name) === names.lastIndexOf(subject.name)) return subject;
    const address = deployments[index]!;
    const where =
      address.kind === "endpoint"
        ? new URL(address.endpoint).host.split(".")[0]!
        : address.kind === "id"
          ? address.accountId.split("/").at(-1)!
          : "stack";
    return { ...subject, name: `${subject.name} (${where})` };
  }) as [Subject, ...Subject[]];
}
