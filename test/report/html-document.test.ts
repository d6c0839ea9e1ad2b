import { createHash } from "node:crypto";
import { expect, it } from "@jest/globals";
import { htmlDocument } from "../../report/html-document";

const parts = { title: "A <b>", script: 'console.log("</script>")', style: "p{}", data: { text: "</script><script>" } };

it("no text can end the script or the data, or become markup", () => {
  const { html } = htmlDocument(parts);
  expect(html.match(/<\/script/g)).toHaveLength(2);
  expect(html).toContain("<title>A &lt;b&gt;</title>");
  const data = /id="data">(.*)<\/script>/.exec(html)![1]!;
  expect(JSON.parse(data)).toEqual(parts.data);
});

it("lets run exactly the script and the style that it holds", () => {
  const { html, policy } = htmlDocument(parts);
  const script = /<script>([^]*)<\/script>/.exec(html)![1]!;
  expect(policy).toContain(`script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  expect(policy).toContain("connect-src 'none'");
  expect(htmlDocument({ ...parts, connects: true }).policy).toContain("connect-src 'self'");
});
