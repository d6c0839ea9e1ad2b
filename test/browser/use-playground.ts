import { afterAll, afterEach, beforeAll } from "@jest/globals";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "../../commands/screenshots/chromium";
import { servePlayground, type ServedPlayground } from "../playground/serve-playground";
import { type OpenPage, openPage } from "./page";

/** The playground of the tests of one file, and the page that the current one has open. */
export interface PlaygroundInUse {
  readonly browser: Browser;
  readonly playground: ServedPlayground;
  readonly open: OpenPage;
  /** Opens the chat in a context of its own, ready to be typed in. */
  chatPage: (options?: BrowserContextOptions) => Promise<Page>;
  /** Opens an address in a context of its own. */
  visit: (address: string, options?: BrowserContextOptions) => Promise<Page>;
}

/**
 * Serves a playground whose stack is deployed before the tests of a file, and closes each test's page after it.
 *
 * @param prepare - what the account has besides
 */
export function usePlayground(prepare: (playground: ServedPlayground) => void = () => undefined): PlaygroundInUse {
  let browser: Browser;
  let playground: ServedPlayground;
  let open: OpenPage | undefined;
  beforeAll(async () => {
    [browser, playground] = await Promise.all([launchChromium(), servePlayground()]);
    await playground.stack.finish();
    prepare(playground);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await playground?.close();
  });
  afterEach(async () => {
    playground.rehearsal.proxy.fault = () => undefined;
    await open?.context.close();
    open = undefined;
  });
  return {
    get browser() {
      return browser;
    },
    get playground() {
      return playground;
    },
    get open() {
      if (!open) throw new Error("No page is open: call chatPage first.");
      return open;
    },
    async chatPage(options) {
      const page = await visit(playground.address, options);
      await page.getByLabel("User message").waitFor();
      return page;
    },
    visit,
  };

  async function visit(address: string, options?: BrowserContextOptions): Promise<Page> {
    open = await openPage(browser, address, options);
    return open.page;
  }
}
