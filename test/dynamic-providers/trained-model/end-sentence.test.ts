import { describe, expect, it } from "@jest/globals";
import type { RemoteEvent, RemoteJob } from "../../../azure-openai/remote-jobs";
import { endSentence } from "../../../dynamic-providers/trained-model/end-sentence";

const now = Date.parse("2026-11-27T00:00:00Z");
const job = (error: RemoteJob["error"], status = "failed") =>
  ({ id: "ftjob-1", model: "gpt-4o-mini-2024-07-18", status, created_at: 0, error }) as RemoteJob;
const events = (...messages: string[]): RemoteEvent[] =>
  messages.map((message, number) => ({ id: `e-${number}`, created_at: number, level: "info", message }));
const RETRY = /raise `training\.retry`/;

describe("a job that ended without a model", () => {
  it("for its data: the same data would be refused again", () => {
    const message =
      "The provided training data failed RAI checks for harm types: [hate_fairness, self_harm, violence]. Please fix the data and try again";
    const sentence = endSentence(job({ message: `${message}.` }), events("Training tokens billed: 0"), now);
    expect(sentence).toBe(
      `ftjob-1 failed: ${message}. Nothing was billed for it (its events report 0 billed tokens). Azure rejected the content of the dataset for hate_fairness, self_harm, violence. \`training.retry\` won't help with the same data. Check the training and validation files for harmful examples (Azure doesn't say which lines contain them), remove or reword those examples, and run \`pulumi up\`: changed data starts a new job.`,
    );
  });

  it("for its model, although the error only says that postprocessing failed", () => {
    const told = events(
      "Fine tune failed during postprocessing",
      "This model is unable to be deployed. Model evaluation identified that this fine tuned model scores above acceptable thresholds for [Violence, Self Harm]. Please review your training data set and resubmit the job.",
    );
    const sentence = endSentence(job({ message: "Fine tune failed during postprocessing" }), told, now);
    expect(sentence).toMatch(/safety evaluation rejected the trained model for Violence, Self Harm/);
    expect(sentence).not.toMatch(RETRY);
  });

  it("for its base model: what the catalog has to choose from", () => {
    const sentence = endSentence(
      job({ code: "invalidPayload", message: "The specified base model does not support fine-tuning." }),
      [],
      now,
    );
    expect(sentence).toMatch(
      /Check these settings\. According to the catalog, gpt-4o-mini-2024-07-18 supports method supervised/,
    );
    expect(sentence).not.toMatch(RETRY);
  });

  it("for the service: the same training may be submitted again", () => {
    const told = events("Model safety checks failed due to system error.", "Training tokens billed: 0");
    expect(endSentence(job({ message: "Fine tune failed during postprocessing" }), told, now)).toMatch(
      /The service failed after the training.+submit the same training again/,
    );
  });

  it.each([
    ["cancelled", job(null, "cancelled")],
    ["failed for what is not known", job({ code: "SomethingNew", message: "No." })],
  ])("%s", (_name, ended) => {
    expect(endSentence(ended, [], now)).toMatch(
      /To train again, change the data or the settings, or increase `training\.retry`/,
    );
  });
});
