import { expect, it } from "@jest/globals";
import { finetuneType } from "../../../dynamic-providers/runtime/resource-types";
import type { StackResource } from "../../../stack/stack-state";
import { oneOfSeveral, stateOf } from "../../stack/model-in-state";
import { nextLines, summary } from "../../../commands/plan/outcome";

function resource(type: string, inputs: object, outputs: object = {}): StackResource {
  return { urn: `urn::${type}`, type, inputs: { ...inputs }, outputs: { ...outputs } };
}

const tokens = { total: { sum: 6071 } };
const deployed: StackResource[] = [
  resource("azure-native:cognitiveservices:Account", {
    accountName: "AzureOpenAI-Finetune1",
    resourceGroupName: "ResourceGroup1",
    location: "northcentralus",
  }),
  resource("azure-native:authorization:RoleAssignment", {}),
  resource(finetuneType("Dataset"), {}, { role: "training", path: "data/training_set.jsonl", examples: 68, tokens }),
  resource(finetuneType("FineTuningJob"), {}, { jobId: "ftjob-1" }),
  resource(
    finetuneType("TrainedModel"),
    {},
    {
      fineTunedModel: "gpt-4o-mini-2024-07-18.ft-1",
      trainedTokens: 23497,
      billedTokens: 18000,
      steps: 204,
      trainingLoss: { first: 9.63, last: 0.86 },
      validationLoss: { first: 8.5, last: 9.2, best: 8.4, bestStep: 68 },
    },
  ),
  resource("azure-native:cognitiveservices:Deployment", { deploymentName: "gpt-4o-mini-ft" }),
  resource(finetuneType("ChatProbe"), {}, { question: "What is AI?", answer: "A field.\nIt grows." }),
];

/** As it is printed without colours. */
function text(resources: StackResource[], changes: Record<string, number>): string {
  return summary({ deployment: { resources } }, changes).replace(/\u001b\[\d+m/g, "");
}

it("after the first run", () => {
  expect(text(deployed, { create: 20, same: 1 })).toMatchInlineSnapshot(`
   "Done: 20 created, 1 unchanged.

     account          AzureOpenAI-Finetune1 (ResourceGroup1, northcentralus), 1 role assignments
     deployment       gpt-4o-mini-ft
     training file    data/training_set.jsonl: 68 examples, 6,071 tokens
     job              ftjob-1
     model            gpt-4o-mini-2024-07-18.ft-1
     training loss    9.630 at step 1, 0.860 at step 204
     validation loss  8.500 first, 9.200 last, best 8.400 at step 68
     bill             18,000 tokens billed

   Q  What is AI?
   A  A field.
      It grows."
  `);
});

it("shows the rewards of a reinforcement job", () => {
  const rewards = {
    trainingReward: { first: 0, last: 0.75 },
    validationReward: { first: 0.25, last: 0.5, best: 0.8, bestStep: 6 },
  };
  const model = resource(finetuneType("TrainedModel"), {}, { fineTunedModel: "m", steps: 12, ...rewards });
  const said = text([model], { create: 1 });
  expect(said).toMatch(/^ {2}training reward +0\.000 at step 1, 0\.750 at step 12$/m);
  expect(said).toMatch(/^ {2}validation reward +0\.250 first, 0\.500 last, best 0\.800 at step 6$/m);
});

it("says that the bill is not known, instead of the job's trained_tokens", () => {
  const older = resource(finetuneType("TrainedModel"), {}, { fineTunedModel: "m", trainedTokens: 23497, steps: 1 });
  expect(text([older], { create: 1 })).toMatch(/bill +billed tokens unknown \(none of the job's events report them\)/);
  expect(text([older], { create: 1 })).not.toContain("23,497");
});

it("the training file is listed first, in whatever order the state has them", () => {
  const dataset = (role: string) =>
    resource(finetuneType("Dataset"), {}, { role, path: `${role}.jsonl`, examples: 1, tokens: { total: { sum: 1 } } });
  const said = text([dataset("validation"), dataset("training")], { create: 1 });
  expect(said.indexOf("training file")).toBeLessThan(said.indexOf("validation file"));
});

it("when nothing changed", () => {
  expect(text(deployed, { same: 21 }).split("\n")[0]).toMatchInlineSnapshot(
    `"Nothing changed: all 21 resources match the program."`,
  );
});

it("without deployment", () => {
  expect(text([], { create: 1, same: 0 })).toContain("No model is deployed (deploy.enabled is false).");
});

it("what waits for its deletion is not counted as there", () => {
  const old = { ...resource(finetuneType("FineTuningJob"), {}, { jobId: "ftjob-old" }), delete: true };
  expect(text([old, ...deployed], { same: 21 })).not.toContain("ftjob-old");
});

it("an answer or a name can't steer the terminal", () => {
  const probe = resource(
    finetuneType("ChatProbe"),
    {},
    { question: "Q\u202e", answer: "A\u001b]52;c;eA==\u0007\n::error::x" },
  );
  const account = resource("azure-native:cognitiveservices:Account", { accountName: "a\u009b2J" });
  const printed = text([account, probe], { same: 2 });
  expect(printed).toContain("Q\\u202e");
  expect(printed).toContain("A\\u001b]52;c;eA==\\u0007\n   \\u003a:error::x");
  expect(printed).toContain("a\\u009b2J");
});

it("a terminal breaks no word: what is longer goes on below its own beginning", () => {
  const lines = summary({ deployment: { resources: deployed } }, {}, 60)
    .replace(/\u001b\[\d+m/g, "")
    .split("\n");
  expect(lines).toContain("                   northcentralus), 1 role assignments");
  expect(lines.filter((line) => line.length > 60)).toEqual([]);
});

it("what to do next is commands as a whole", () => {
  expect(nextLines()).toContain('npm run chat -- "What is a neural network?"');
});

it("of several models, one after the other, and the command that asks one of them", () => {
  const two = stateOf(oneOfSeveral("critic", "critic-aaaaaa"), oneOfSeveral("tutor", "tutor-bbbbbb"));
  expect(summary(two, { create: 24 }).replace(/\u001b\[\d+m/g, "")).toMatchInlineSnapshot(`
   "Done: 24 created, 0 unchanged.

     account  tutors (northcentralus), 0 role assignments

   critic
     deployment  critic-aaaaaa
     job         ftjob-critic
     model       model-critic
     bill        billed tokens unknown (none of the job's events report them)

   Q  Who is the critic?
   A  A model.

   tutor
     deployment  tutor-bbbbbb
     job         ftjob-tutor
     model       model-tutor
     bill        billed tokens unknown (none of the job's events report them)

   Q  Who is the tutor?
   A  A model."
  `);
  expect(nextLines(two)).toContain('npm run chat -- --model critic-aaaaaa "What is a neural network?"');
});
