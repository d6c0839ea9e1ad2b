import { readFileSync } from "node:fs";
import { defineConfig } from "@rspress/core";
import { diagrams } from "./diagrams.mjs";

// `npm run docs:build` copies the pages to `content` and starts Rspress here (commands/docs).
const groups = JSON.parse(readFileSync(new URL("pages.json", import.meta.url), "utf8"));
const linkOf = ({ route }) => (route === "index" ? "/" : `/${route}`);

const base = process.env.DOCS_BASE ?? "/";

export default defineConfig({
  root: "content",
  outDir: "dist",
  // What is kept between builds depends on the base, too.
  builderConfig: { performance: { buildCache: { cacheDigest: [base] } } },
  // A project's page on GitHub lies under the repository's name.
  base,
  title: "azure-openai-finetune",
  description: "A fine-tuned Azure OpenAI model kept as code, with Pulumi",
  markdown: { remarkPlugins: [diagrams], link: { checkDeadLinks: true } },
  // Markdown headings have GitHub's anchors; the index of the search is made with the pages and needs no service.
  search: { codeBlocks: true },
  themeConfig: {
    nav: [],
    sidebar: {
      "/": groups.map(({ group, pages }) => ({
        text: group,
        items: pages.map((page) => ({ text: page.title, link: linkOf(page) })),
      })),
    },
  },
});
