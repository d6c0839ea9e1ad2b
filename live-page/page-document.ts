import { bundlePage } from "../report/bundle-page";
import { type HtmlDocument, htmlDocument } from "../report/html-document";

/** The live page of the rehearsal service, in one piece; the service serves it, and its package contains it. */
export async function livePage(): Promise<HtmlDocument> {
  const { script, style } = await bundlePage("live-page/page/main.tsx");
  return htmlDocument({ title: "local-azure, live", script, style, connects: true });
}
