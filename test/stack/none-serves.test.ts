import path from "node:path";
import { expect, it } from "@jest/globals";
import { whyNoneServes } from "../../stack/none-serves";
import { projectFolder } from "../../stack/project";
import { oneOfSeveral, stateOf, withRegister } from "./model-in-state";

const local = { stack: "local", folder: projectFolder };
const dev = { stack: "dev", folder: path.join(projectFolder, "..", "other") };
const version = (number: number, status: string, judgement: object = {}) => ({
  ...{ version: number, status, jobId: `ftjob-${number}`, fineTunedModel: `model-${number}` },
  ...judgement,
});
const failed = { evaluation: { passed: false, reasons: ["its mean score is 0.41, below `evaluation.minScore` 0.6"] } };
const kept = (...versions: object[]) => stateOf(withRegister(oneOfSeveral("finetune"), versions));

it.each([
  ["nothing has been trained yet", stateOf(), "stack local has no deployed model. Deploy one first: npm start"],
  ["a version may serve", kept(version(1, "kept")), "stack local has no deployed model. Deploy one first: npm start"],
  [
    "its only version was rejected",
    kept(version(1, "rejected", failed)),
    "stack local has no deployed model: version 1 was rejected (its mean score is 0.41, below `evaluation.minScore` 0.6). Change a threshold in `evaluation` (no charge), or change the data or settings to train a new version (you will be charged for that training), then run: npm start",
  ],
  [
    "its only version was promoted and rejected",
    kept(version(1, "rejected", { ...failed, promotedFrom: { stack: "dev", version: 5, accountId: "a" } })),
    "stack local has no deployed model: version 1 was rejected (its mean score is 0.41, below `evaluation.minScore` 0.6). Change a threshold in `evaluation` (no charge), or set `promote.version` to a version of dev other than 5 (nothing is trained), then run: npm start",
  ],
  [
    "all were rejected, the newest by the gate",
    kept(
      version(2, "rejected", { refused: "`deploy.gate` refused it: its loss is 4." }),
      version(1, "rejected", failed),
    ),
    "stack local has no deployed model: version 2 was rejected, as were all its other versions (`deploy.gate` refused it: its loss is 4). Change `deploy.gate` (no charge), or change the data or settings to train a new version (you will be charged for that training), then run: npm start",
  ],
])("%s", (_, state, sentence) => {
  expect(whyNoneServes(state, local)).toBe(sentence);
});

it("a model that the gate refused before there was a register", () => {
  const parts = oneOfSeveral("finetune");
  const trained = parts.find(({ type }) => type.endsWith(":TrainedModel"))!;
  trained.outputs = { jobId: "ftjob-finetune", checkpoint: "last", candidate: "model-1" };
  expect(whyNoneServes(stateOf(parts), local)).toMatch(/: `deploy\.gate` or `deploy\.checkpoint` refuses model-1\. /);
});

it("names the command of another program's stack, and what else can be done", () => {
  expect(whyNoneServes(stateOf(), dev, ", or specify a deployment with --deployment")).toMatch(
    /Deploy one first: pulumi up --cwd \S+ --stack dev, or specify a deployment with --deployment$/,
  );
});
