import { readFileSync } from "node:fs";
import { AzureOpenAI } from "openai";
import { Agent } from "undici";
import { isTemporaryName } from "../../dynamic-providers/evaluation/temporary-name";
import type { Checkout } from "./checkout";

/** A client of the stack that keeps asking, as an application would. */
export interface ChatPoller {
  /** Answers by deployment name. */
  answered: Record<string, number>;
  /** Requests that got none, in words. */
  failed: string[];
  stop(): Promise<void>;
}

const between = 50;

/**
 * Asks the deployment `first` until another deployment of the account answers, and from then on that one: at no moment may neither of
 * them answer. The account's key and address come from the service's own state.
 */
export function pollChat(checkout: Checkout, first: string): ChatPoller {
  const { keys, subdomain } = account(checkout);
  const client = new AzureOpenAI({
    endpoint: `${checkout.cloud.endpoint}/accounts/${subdomain}/`,
    apiKey: keys[0],
    apiVersion: "2024-10-21",
    maxRetries: 0,
    fetchOptions: { dispatcher: new Agent({ connect: { ca: readFileSync(checkout.cloud.caFile) } }) },
  });
  const ask = async (deployment: string) => {
    const messages = [{ role: "user" as const, content: "What is artificial intelligence?" }];
    const { choices } = await client.chat.completions.create({ model: deployment, messages });
    if (!choices[0]?.message.content) throw new Error("empty answer");
  };
  const answered: Record<string, number> = {};
  const failed: string[] = [];
  let current = first;
  let stopped = false;
  const loop = async () => {
    while (!stopped) {
      // Both names are asked at the same moment: one after the other, a busy machine may delete the old one in between.
      const next = account(checkout).deployments.find((name) => name !== current);
      const [moved, stayed] = await Promise.allSettled([
        next === undefined ? Promise.reject(new Error("There is none.")) : ask(next),
        ask(current),
      ]);
      // Before it serves, a new deployment may refuse: nobody relies on it yet.
      if (next !== undefined && moved.status === "fulfilled") current = next;
      else if (stayed.status === "rejected") failed.push(`${current}: ${(stayed.reason as Error).message}`);
      if (moved.status === "fulfilled" || stayed.status === "fulfilled")
        answered[current] = (answered[current] ?? 0) + 1;
      await new Promise((resolve) => setTimeout(resolve, between));
    }
  };
  const end = loop();
  return {
    answered,
    failed,
    stop: () => {
      stopped = true;
      return end;
    },
  };
}

function account(checkout: Checkout): { keys: [string, string]; subdomain: string; deployments: string[] } {
  const { accounts } = JSON.parse(checkout.read(".local/azure/state.json")) as {
    accounts: {
      keys: [string, string];
      properties: { customSubDomainName: string };
      deployments: { name: string }[];
    }[];
  };
  const { keys, properties, deployments } = accounts[0]!;
  // Nobody asks a temporary deployment but the evaluation that it is made for.
  const names = deployments.map(({ name }) => name).filter((name) => !isTemporaryName(name));
  return { keys, subdomain: properties.customSubDomainName, deployments: names };
}
