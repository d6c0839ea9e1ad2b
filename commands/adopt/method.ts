import type { Method } from "../../catalog";
import {
  type HyperparameterName,
  hyperparameters as table,
  hyperparametersOf,
  METHODS,
} from "../../dynamic-providers/fine-tuning-job/hyperparameters";
import { isMembers, type Members } from "../../dynamic-providers/fine-tuning-job/extra-body";
import type { Taken } from "./taken";

/** The job's method; the first versions of the API had none, and tuned by examples. */
export function methodOf(job: Members): Method | undefined {
  const type = isMembers(job.method) ? job.method.type : "supervised";
  return METHODS.find((one) => one === type);
}

/** `method` and what is in its own part: hyperparameters, and a reinforcement job's grader and response format. */
export function takeMethod(job: Members): Partial<Taken> {
  const method = methodOf(job);
  if (!method) {
    const { type } = job.method as Members;
    return {
      toDo: [
        `method.type is ${JSON.stringify(type)}, which isn't supported. Set method to one of: ${METHODS.join(", ")}.`,
      ],
    };
  }
  const part = isMembers(job.method) && isMembers(job.method[method]) ? job.method[method] : {};
  const { hyperparameters, grader, response_format: responseFormat, ...unknown } = part;
  const taken = takeHyperparameters(hyperparameters, job.hyperparameters, method);
  return {
    settings: {
      method,
      ...taken.settings,
      ...(method === "reinforcement" && isMembers(grader) && { grader }),
      ...(method === "reinforcement" && isMembers(responseFormat) && { responseFormat }),
    },
    differences: [
      ...(taken.differences ?? []),
      ...(method === "reinforcement" ? graderDifferences(grader) : []),
      ...Object.keys(unknown)
        .filter((name) => unknown[name] !== null)
        .map((name) => withoutSetting(`method.${method}.${name}`)),
    ],
  };
}

/** The values of the method's own part, else of the older place, which the service still fills in for supervised jobs. */
function takeHyperparameters(own: unknown, older: unknown, method: Method): Partial<Taken> {
  const given: Members = { ...(isMembers(older) ? older : {}), ...(isMembers(own) ? own : {}) };
  const names = hyperparametersOf(method);
  const taken: Partial<Record<HyperparameterName, unknown>> = {};
  const differences: string[] = [];
  for (const [wire, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === "auto" || value === "default") continue;
    const name = names.find((one) => table[one].wire === wire);
    if (!name) {
      differences.push(withoutSetting(`method.${method}.hyperparameters.${wire}`));
    } else if (table[name].value.accepts(value)) {
      taken[name] = value;
    } else {
      differences.push(
        `${wire} is ${JSON.stringify(value)} and was left out, so the service chooses the value. hyperparameters.${name} accepts ${table[name].value.words}.`,
      );
    }
  }
  const found = Object.keys(taken);
  if (found.length === 0) return { differences };
  return {
    settings: { hyperparameters: taken },
    differences: [
      ...differences,
      `The job doesn't say whether you or OpenAI's service chose ${found.join(", ")}. Azure's service may choose other values: to let it choose a value, remove that value from hyperparameters.`,
      ...(taken.learningRateMultiplier === undefined
        ? []
        : [
            "learningRateMultiplier multiplies a base rate that each service sets itself, so the same number may have a different effect.",
          ]),
    ],
  };
}

function withoutSetting(path: string): string {
  return `${path} has no setting and was left out. If Azure supports it, add it with job.extraBody.`;
}

function graderDifferences(grader: unknown): string[] {
  if (!isMembers(grader)) return [];
  return [
    "Any model that the grader uses must be one that Azure's graders support. `npm run preview` checks the grader against the data.",
  ];
}
