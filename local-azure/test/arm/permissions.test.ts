import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "../../src/testing";
import { authorization } from "../clients";

const OPENAI_USER = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";

let service: TestService;
let account: { resourceGroup: string; name: string };
beforeAll(async () => {
  service = await startForTest();
  account = service.addAccount("Tuning");
});
afterAll(() => service.close());

async function permissionsOf(roles: string[]) {
  const client = authorization(service, service.addClient({ displayName: "asks", roles }));
  const { resourceGroup, name } = account;
  const found = [];
  const provider = "Microsoft.CognitiveServices";
  for await (const one of client.permissions.listForResource(resourceGroup, provider, "", "accounts", name))
    found.push(one);
  return found;
}

it("lists what each role of the caller allows", async () => {
  const [user] = await permissionsOf([OPENAI_USER]);
  expect(user).toMatchObject({
    actions: expect.arrayContaining(["Microsoft.CognitiveServices/*/read"]),
    dataActions: expect.arrayContaining(["Microsoft.CognitiveServices/accounts/OpenAI/*/read"]),
    notDataActions: ["Microsoft.CognitiveServices/accounts/OpenAI/stored-completions/read"],
  });
});

it("lists nothing of who has no role", async () => {
  expect(await permissionsOf([])).toEqual([]);
});
