import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
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

it("packs what is large: the browser's own gzip reads it", () => {
  const large = Array.from({ length: 1000 }, (_, row) => ({ row, text: "</script> again and again" }));
  const { html } = htmlDocument({ ...parts, packed: large });
  const packed = /id="packed">([^<]*)<\/script>/.exec(html)![1]!;
  expect(JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString())).toEqual(large);
  expect(packed.length).toBeLessThan(JSON.stringify(large).length / 5);
  expect(htmlDocument(parts).html).not.toContain('id="packed"');
});
