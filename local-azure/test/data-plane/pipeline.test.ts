import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { deploy } from "./deployments";
import { questions, system, trainingText, upload } from "./examples";
import { dated, v1 } from "./openai-clients";

let service: TestService;
let account: AccountRecord;
const flavours = {
  dated: (version?: string) => dated(service, account, version),
  v1: () => v1(service, account),
};

beforeAll(async () => {
  service = await startForTest({ settings: { trainingSeconds: 100, fileSeconds: 2 } });
  account = service.addAccount("pipeline");
});
afterAll(() => service.close());

describe.each(["dated", "v1"] as const)("from file to answer, %s", (flavour) => {
  it("uploads, trains, deploys and chats", async () => {
    const client = flavours[flavour]();
    const { file, purpose } = upload(trainingText(2));
    const training = await client.files.create({ file: await file, purpose });
    expect(training.status).toBe("pending");
    const validation = await client.files.create({ file: await upload(trainingText()).file, purpose });
    service.advance(2000);
    expect((await client.files.retrieve(training.id)).status).toBe("processed");

    const job = await client.fineTuning.jobs.create({
      model: "gpt-4o-mini",
      training_file: training.id,
      validation_file: validation.id,
      suffix: "course",
      seed: 7,
    });
    expect(job).toMatchObject({
      model: "gpt-4o-mini-2024-07-18",
      status: "pending",
      hyperparameters: { n_epochs: -1 },
    });
    service.advance(51_000);
    const running = await client.fineTuning.jobs.retrieve(job.id);
    expect(running).toMatchObject({ status: "running", hyperparameters: { n_epochs: 3, batch_size: 1 } });
    service.advance(50_000);
    const done = await client.fineTuning.jobs.retrieve(job.id);
    const model = `gpt-4o-mini-2024-07-18.ft-${job.id.slice(6)}-course`;
    expect(done).toMatchObject({ status: "succeeded", fine_tuned_model: model });

    deploy(service, account, `ft-${flavour}`, model);
    const answer = await client.chat.completions.create({
      model: `ft-${flavour}`,
      messages: [
        { role: "system", content: system },
        { role: "user", content: "Please tell me: what is overfitting?" },
      ],
    });
    expect(answer.model).toBe(model);
    expect(answer.choices[0]?.message.content).toBe(
      questions.find(([question]) => question.includes("overfitting"))?.[1],
    );
  });
});
