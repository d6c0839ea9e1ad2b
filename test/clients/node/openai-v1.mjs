import OpenAI from "openai";
import { token, wholePath } from "./openai-path.mjs";
import { service } from "./steps.mjs";

await wholePath(() => new OpenAI({ baseURL: `${service.accountEndpoint}openai/v1`, apiKey: token }));
