import { AzureOpenAI } from "openai";
import { wholePath } from "./openai-path.mjs";
import { service } from "./steps.mjs";

await wholePath(
  () => new AzureOpenAI({ endpoint: service.accountEndpoint, apiKey: service.key, apiVersion: "2025-04-01-preview" }),
);
