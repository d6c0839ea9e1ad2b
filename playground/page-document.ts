import { bundlePage } from "../report/bundle-page";
import { type HtmlDocument, htmlDocument } from "../report/html-document";

/** The playground's page, in one piece. */
export async function playgroundDocument(stack: string): Promise<HtmlDocument> {
  const { script, style } = await bundlePage("playground/page/main.tsx");
  return htmlDocument({ title: `Playground: ${stack}`, script, style, connects: true });
}
