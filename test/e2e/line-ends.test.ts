import { afterAll, expect, it } from "@jest/globals";
import type { Checkout } from "./checkout";
import { deployed } from "./settings/deployed";

let checkout: Checkout;
afterAll(() => checkout.close());

it("a checkout with CRLF, as git makes it on Windows, uploads nothing and trains nothing", async () => {
  checkout = await deployed();
  const before = await checkout.counters();

  for (const file of ["data/training_set.jsonl", "data/validation_set.jsonl"])
    checkout.write(file, checkout.read(file).replaceAll("\n", "\r\n"));
  const preview = await checkout.pulumi("preview", "--diff");
  expect(preview.output).toMatch(/training_set\.jsonl: differs .* only in its line endings/);
  expect(preview.output).toContain("[plan] Trains nothing");
  expect(preview.output).not.toMatch(/\d+ to replace/);
  const second = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect(second).toSucceed();
  const { files, jobsEverCreated, deployments } = before;
  await expect(checkout.counters()).resolves.toMatchObject({ files, jobsEverCreated, deployments });
});
