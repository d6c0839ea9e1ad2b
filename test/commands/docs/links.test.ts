import { expect, it } from "@jest/globals";
import { anchorsOf } from "../../../commands/docs/anchors";
import { linksOf } from "../../../commands/docs/links";

it.each([
  ["a file and a heading", "see [roles](docs/azure.md#roles)", [{ file: "docs/azure.md", anchor: "roles" }]],
  ["a heading of the same page", "[here](#here)", [{ file: "", anchor: "here" }]],
  ["a picture", "![a](b.png)", [{ file: "b.png", anchor: undefined }]],
  ["code as the text", "[`a[0]`](b.md)", [{ file: "b.md", anchor: undefined }]],
  ["a space that is escaped", "[a](b%20c.md)", [{ file: "b c.md", anchor: undefined }]],
  ["an address", "[a](https://example.com) [b](mailto:a@example.com)", []],
  ["code", "`[a](b.md)` ``[`a`](b.md)``\n```md\n[a](b.md)\n```\n", []],
  ["what follows code", "```\n[a](b.md)\n```\n\n[c](d.md)", [{ file: "d.md", anchor: undefined }]],
])("%s", (_what, markdown, links) => {
  expect(linksOf(markdown)).toEqual(links);
});

it("anchors are GitHub's", () => {
  const page =
    "# A page\n\n## Linux, macOS and `x.y`\n\n## A [link](b.md): why?\n\n## Twice\n\n## Twice\n\n```sh\n# no heading\n```\n";
  expect([...anchorsOf(page)]).toEqual(["a-page", "linux-macos-and-xy", "a-link-why", "twice", "twice-1"]);
});
