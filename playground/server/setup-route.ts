import { existsSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import type { Setup } from "../api";
import type { ExampleFolder } from "../example-file";
import { deploymentChoices } from "../deployments";
import { presetFewShot, presetQuestion, presetSystemMessage } from "../preset";
import { versionChoices } from "../versions";
import type { StackView } from "../../report/stack-view";

/** `GET /api/setup`: what there is to talk to, and what the fields hold at first. */
export function registerSetup(app: FastifyInstance, view: StackView, examples: ExampleFolder): void {
  app.get("/api/setup", async (): Promise<Setup> => {
    const facts = await view.facts();
    const [found, { addresses }] = await Promise.all([view.deployments(), view.dataPlane()]);
    const deployments = deploymentChoices(found, facts);
    const probe = facts.probe ?? facts.earlier?.probe;
    const own = deployments.filter(({ ownedByStack }) => ownedByStack);
    const selected = own.length > 0 ? own : deployments.slice(0, 1);
    return {
      stack: view.stack,
      account: facts.accountName,
      location: facts.location,
      rehearsal: view.rehearsal,
      deployments,
      versions: versionChoices(facts.versions, deployments),
      selected: selected.map(({ name }) => name),
      systemMessage: probe?.systemMessage || presetSystemMessage,
      fewShot: presetFewShot,
      question: probe?.question || presetQuestion,
      saveFolder: examples.folder,
      saveFile: existsSync(path.join(examples.folder, "data")) ? "data/examples.jsonl" : "examples.jsonl",
      endpoints: { v1: facts.endpoint, dated: addresses.account },
      keyless: facts.keyless,
    };
  });
}
