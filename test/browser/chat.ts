import type { Locator, Page, Request } from "playwright-core";
import type { ChatCall } from "../../playground/api";
import { tunedDeployment } from "../playground/stack-on-rehearsal";

/** Types a question and sends it. */
export async function ask(page: Page, text: string): Promise<void> {
  await page.getByLabel("User message").fill(text);
  await page.keyboard.press("Enter");
}

/** The last answer of a deployment. */
export function answer(page: Page, deployment = tunedDeployment): Locator {
  return page.getByRole("article", { name: `Answer of ${deployment}` }).last();
}

/** Asks and waits until the answer has ended. */
export async function askToEnd(page: Page, text: string): Promise<void> {
  const { length } = await page.getByRole("article").all();
  await ask(page, text);
  await page.locator(".answer[aria-busy=false]").nth(length).waitFor();
}

/** The next question, as the page sends it to its server. */
export async function nextCall(page: Page, act: () => Promise<void>): Promise<ChatCall> {
  const [request] = await Promise.all([page.waitForRequest((one: Request) => one.url().endsWith("/api/chat")), act()]);
  return request.postDataJSON() as ChatCall;
}
