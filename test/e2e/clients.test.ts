import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { available } from "../../local-azure/test/data-plane/published-schemas";
import { clients, type Client } from "../clients/clients";
import { Contract } from "../clients/contract";
import { judgeAll } from "../clients/contract-summary";
import { install, NotHere } from "../clients/install";
import { ClientService } from "../clients/service";
import { tryClient } from "../clients/try-client";

const describeContract = available ? describe : describe.skip;
/** Those that npm alone delivers; the others are for `npm run test:clients`. */
const chosen = clients.filter(({ packages }) => packages === "node");
const missing = whyMissing(chosen[0]!);
if (missing !== undefined) process.stderr.write(`Skipped: the clients could not be installed: ${missing}\n`);

(missing === undefined ? describe : describe.skip)("other people's clients", () => {
  let service: ClientService;
  beforeAll(async () => {
    service = await ClientService.start();
  });
  afterAll(() => service.close());

  it.each(chosen)("$name does its whole path", async (client) => {
    const { worked, failed, version } = await tryClient(client, service);
    expect(failed).toEqual([]);
    expect(worked.length).toBeGreaterThan(5);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  describeContract("their answers", () => {
    it("fit the published schemas", () => {
      const { checked, problems } = judgeAll(new Contract(), service.recorder.exchanges);
      expect([...problems]).toEqual([]);
      expect(checked).toBeGreaterThan(50);
    });

    it("a status that Azure is not on record with would be found out", () => {
      const url = "/accounts/a/openai/v1/fine_tuning/jobs/ftjob-1";
      const answered = (status: string) =>
        new Contract().judge({
          ...{ client: "", method: "GET", url, status: 200, contentType: "application/json" },
          body: JSON.stringify({ id: "ftjob-1", object: "fine_tuning.job", status }),
        });
      const aboutStatus = (status: string) =>
        answered(status)!.problems.filter((problem) => problem.startsWith("/status"));
      expect(aboutStatus("paused")).toEqual([]);
      expect(aboutStatus("halted")).toHaveLength(1);
    });

    it.each([
      "/accounts/a/openai/v1/files",
      "/accounts/a/openai/fine_tuning/jobs?api-version=2024-10-21",
      "/accounts/a/openai/files?api-version=2025-04-01-preview",
      "/subscriptions/s/providers/Microsoft.CognitiveServices/accounts?api-version=2025-06-01",
    ])("would be found out: %s", (url) => {
      const body = '{"object":"list","data":7,"value":7}';
      const wrong = { client: "", method: "GET", url, status: 200, contentType: "application/json", body };
      expect(new Contract().judge(wrong)?.problems.join()).toContain("must be array");
    });
  });
});

function whyMissing(client: Client): string | undefined {
  try {
    install(client);
    return undefined;
  } catch (error) {
    if (error instanceof NotHere) return error.message;
    throw error;
  }
}
