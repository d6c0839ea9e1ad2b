import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** A page in a context of its own, with everything noted that it asked for and complained about. */
export interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** Origins of all requests. */
  origins: Set<string>;
  /** Errors of scripts, and refusals by the content security policy. */
  complaints: string[];
}

/** How long anything on a page may take. */
const patience = 10_000;

export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const origins = new Set<string>();
  const complaints: string[] = [];
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // The browser notes every refused call by itself; the page is to explain them.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  await page.goto(address);
  return { page, context, origins, complaints };
}
