/** What a client asked the service for and Azure does not give either: the step, what Azure says, and where that is written. */
export interface RefusedByAzure {
  step: string;
  sentence: string;
  source: string;
}

/** Software of other people, and the script of our own that uses it. */
export interface Client {
  name: string;
  /** Where its packages come from. */
  from: "npm" | "pip" | "go" | "terraform";
  /** Folder or list of packages in test/clients: what is installed once and shared. */
  packages: string;
  /** Script in that folder. */
  script: string;
  refused?: RefusedByAzure[];
  /** Whether it works in a project of a Foundry account, in place of an account of kind OpenAI. */
  project?: true;
  /** Whether it reads the published specifications, and cannot be tried without them. */
  readsSpecs?: true;
}

export const clients: Client[] = [
  { name: "openai (Node), 2025-04-01-preview", from: "npm", packages: "node", script: "openai-dated.mjs" },
  { name: "openai (Node), v1", from: "npm", packages: "node", script: "openai-v1.mjs" },
  { name: "AI SDK", from: "npm", packages: "node", script: "ai-sdk.mjs" },
  { name: "LangChain.js", from: "npm", packages: "node", script: "langchain.mjs" },
  { name: "openai (Python), 2025-04-01-preview", from: "pip", packages: "python", script: "openai_dated.py" },
  { name: "openai (Python), v1", from: "pip", packages: "python", script: "openai_v1.py" },
  { name: "azure-ai-projects (Python)", from: "pip", packages: "python", script: "ai_projects.py", project: true },
  { name: "LangChain (Python)", from: "pip", packages: "python", script: "langchain_chat.py" },
  {
    name: "azure-ai-inference (Python)",
    from: "pip",
    packages: "frameworks",
    script: "ai_inference.py",
    project: true,
  },
  { name: "LlamaIndex (Python)", from: "pip", packages: "frameworks", script: "llama_index_chat.py" },
  { name: "Semantic Kernel (Python)", from: "pip", packages: "frameworks", script: "semantic_kernel_chat.py" },
  { name: "instructor (Python)", from: "pip", packages: "frameworks", script: "instructor_chat.py" },
  { name: "LiteLLM", from: "pip", packages: "litellm", script: "chat.py" },
  { name: "openai (Go), v1", from: "go", packages: "go", script: "openai" },
  { name: "az CLI", from: "pip", packages: "az", script: "account.py" },
  { name: "azapi (Terraform)", from: "terraform", packages: "terraform", script: "apply.mjs" },
  { name: "promptfoo", from: "npm", packages: "promptfoo", script: "evaluate.mjs" },
  { name: "schemathesis", from: "pip", packages: "schemathesis", script: "conformance.py", readsSpecs: true },
];
