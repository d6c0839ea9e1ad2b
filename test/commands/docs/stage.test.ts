import { expect, it } from "@jest/globals";
import { repositoryAddress } from "../../../commands/docs/repository-address";
import { stagePage } from "../../../commands/docs/stage";

const readme = { file: "README.md", route: "index", title: "Start" };
const azure = { file: "docs/azure.md", route: "azure", title: "On Azure" };
const stage = (page: typeof readme, markdown: string, repository?: string) =>
  stagePage(page, markdown, [readme, azure], repository);

it.each([
  ["a page", readme, "[a](docs/azure.md#roles)", "[a](./azure.md#roles)"],
  ["a page from a folder", azure, "[a](../README.md)", "[a](./index.md)"],
  ["a heading", azure, "[a](#roles)", "[a](#roles)"],
  ["an address", azure, "[a](https://example.com)", "[a](https://example.com)"],
  ["code", azure, "`[a](../README.md)`", "`[a](../README.md)`"],
  ["a file without an address", azure, "[`a`](../LICENSE)", "`a`"],
])("links to %s", (_what, page, markdown, staged) => {
  expect(stage(page, markdown)).toEqual({ markdown: staged, pictures: [] });
});

it("links a file that is no page in the repository, at the commit of the run", () => {
  const run = { GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "o/r", GITHUB_SHA: "abc" };
  expect(repositoryAddress({})).toBeUndefined();
  expect(stage(azure, "[a](../LICENSE)", repositoryAddress(run)).markdown).toBe(
    "[a](https://github.com/o/r/blob/abc/LICENSE)",
  );
});

it("takes pictures along", () => {
  expect(stage(azure, "![a](screenshots/b.png)")).toEqual({
    markdown: "![a](./pictures/b.png)",
    pictures: ["docs/screenshots/b.png"],
  });
});
