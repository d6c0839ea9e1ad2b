import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { Page } from "playwright-core";
import { tunedDeployment } from "../playground/stack-on-rehearsal";
import { deploy } from "../support/rehearsal";
import { seriousViolations } from "./accessibility";
import { answer, ask, nextCall } from "./chat";
import { usePlayground } from "./use-playground";

const vision = "vision";
const reasoning = "reasoning";
const use = usePlayground(({ rehearsal }) => {
  deploy(rehearsal, vision, "gpt-4o");
  Object.assign(rehearsal.account.deployments.at(-1)!.model, { version: "2024-08-06" });
  deploy(rehearsal, reasoning, "o4-mini");
  Object.assign(rehearsal.account.deployments.at(-1)!.model, { version: "2025-04-16" });
});
const { chatPage } = use;

/** One red pixel. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
  "base64",
);
const file = { name: "pixel.png", mimeType: "image/png", buffer: pixel };
const url = `data:image/png;base64,${pixel.toString("base64")}`;

async function visionPage(): Promise<Page> {
  const page = await chatPage();
  await page.getByRole("combobox", { name: /^Deployment/ }).selectOption(vision);
  return page;
}

/** Pastes a file into what has the focus, as a browser does. */
async function paste(page: Page, name: string, type: string): Promise<void> {
  await page.evaluate(
    `(() => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(${JSON.stringify(pixel.toString("base64"))}), (one) => one.charCodeAt(0));
      data.items.add(new File([bytes], ${JSON.stringify(name)}, { type: ${JSON.stringify(type)} }));
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    })()`,
  );
}

describe("images of a message", () => {
  it("come from a file, are shown, and are sent with the message and with what is asked next", async () => {
    const page = await visionPage();
    await page.getByText("Add image", { exact: true }).press("Enter");
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "From a file" }).press("Enter"),
    ]);
    await chooser.setFiles(file);
    await page.locator(".composer").getByRole("img", { name: "pixel.png" }).waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("message");
    await page.keyboard.press("Enter");
    await page.getByText("Write a message to go with the image.").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.type("What colour is it?");
    const call = await nextCall(page, () => page.keyboard.press("Enter"));
    expect(call.messages.at(-1)).toEqual({
      ...{ role: "user", content: "What colour is it?" },
      images: [{ url, name: "pixel.png" }],
    });
    await answer(page, vision).locator(".facts").waitFor();
    expect(await page.locator(".composer img").count()).toBe(0);
    expect(await page.locator(".asked").getByRole("img", { name: "pixel.png" }).count()).toBe(1);
    const next = await nextCall(page, () => ask(page, "And now?"));
    expect(next.messages.at(-3)).toMatchObject({ images: [{ url }] });
    expect(next.messages.at(-1)).not.toHaveProperty("images");
    await answer(page, vision).locator(".facts").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    expect([...use.open.origins]).toEqual([use.playground.origin]);
    expect(use.open.complaints).toEqual([]);
  });

  it("are pasted; what is no image, or too many, is a sentence", async () => {
    const page = await visionPage();
    await page.getByLabel("User message").focus();
    await paste(page, "picture.bmp", "image/bmp");
    await page.getByText("picture.bmp is image/bmp; expected PNG, JPEG or WebP.").waitFor();
    for (let count = 1; count <= 10; count++) {
      await paste(page, `shot-${count}.png`, "image/png");
      await page
        .locator(".composer img")
        .nth(count - 1)
        .waitFor();
    }
    await paste(page, "one-more.png", "image/png");
    await page.getByText("A request can have up to 10 images").waitFor();
    expect(await page.locator(".composer img").count()).toBe(10);
    await page.getByRole("button", { name: "Remove shot-1.png" }).press("Enter");
    expect(await page.locator(".composer img").count()).toBe(9);
    expect(await page.evaluate("document.activeElement.id")).toBe("message");
  });

  it("come from an address, which the page does not load", async () => {
    const page = await visionPage();
    await page.getByText("Add image", { exact: true }).press("Enter");
    await page.getByRole("button", { name: "From a URL" }).press("Enter");
    await page.keyboard.type("ftp://example.org/cat.png");
    await page.keyboard.press("Enter");
    await page.getByText('"ftp://example.org/cat.png" is not an image URL').waitFor();
    await page.getByLabel("Image URL").fill("https://example.org/cat.png");
    await page.keyboard.press("Enter");
    await page.getByText("Image at https://example.org/cat.png").waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("message");
    const call = await nextCall(page, () => ask(page, "What is it?"));
    expect(call.messages.at(-1)).toMatchObject({ images: [{ url: "https://example.org/cat.png" }] });
    expect([...use.open.origins]).toEqual([use.playground.origin]);
  });

  it("are not offered for a model that takes none, and go to the one of two that takes them", async () => {
    const page = await chatPage();
    expect(await page.getByText("Add image", { exact: true }).count()).toBe(0);
    await page.getByLabel("User message").focus();
    await paste(page, "pixel.png", "image/png");
    await page.getByText("The selected model doesn't accept images.").waitFor();
    await page.getByLabel("Side by side with").selectOption(vision);
    await page.locator(".composer input[type=file]").setInputFiles(file);
    await page
      .getByText(`${tunedDeployment} serves a model that doesn't accept images, so only the text is sent to it.`)
      .waitFor();
    const calls: { deployment: string; messages: { images?: object[] }[] }[] = [];
    page.on("request", (one) => {
      if (one.url().endsWith("/api/chat")) calls.push(one.postDataJSON() as (typeof calls)[number]);
    });
    await ask(page, "What colour is it?");
    for (const name of [tunedDeployment, vision]) await answer(page, name).locator(".facts").waitFor();
    expect(calls.map(({ deployment, messages }) => [deployment, messages.at(-1)?.images?.length])).toEqual([
      [tunedDeployment, undefined],
      [vision, 1],
    ]);
  });

  it("of a few-shot example are sent, exported and imported", async () => {
    const page = await visionPage();
    await page.getByRole("button", { name: "Add an example" }).press("Enter");
    const example = page.getByRole("group", { name: "Example 1" });
    await example.getByLabel("User").fill("What colour?");
    await example.getByLabel("Assistant").fill("Red.");
    await example.locator("input[type=file]").setInputFiles(file);
    await example.getByRole("img", { name: "pixel.png" }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export" }).click(),
    ]);
    const setup = path.join(use.playground.rehearsal.folder, "setup.json");
    await download.saveAs(setup);
    expect(JSON.parse(readFileSync(setup, "utf8"))).toMatchObject({
      fewShot: [{ user: "What colour?", images: [{ url }] }],
    });
    await example.getByRole("button", { name: "Remove example 1" }).click();
    await page.getByLabel("Setup file to import").setInputFiles(setup);
    await example.getByRole("img", { name: "pixel.png" }).waitFor();
    const call = await nextCall(page, () => ask(page, "And this?"));
    expect(call.messages.find(({ role }) => role === "user")).toMatchObject({ images: [{ url }] });
  });

  it("stay with a question that is edited, and are kept in the example that is saved", async () => {
    const page = await visionPage();
    await page.locator(".composer input[type=file]").setInputFiles(file);
    await page.locator(".composer img").waitFor();
    await ask(page, "What colour?");
    await answer(page, vision).locator(".facts").waitFor();
    await page.getByRole("button", { name: "Edit question 1" }).press("Enter");
    await page.keyboard.type(" In one word.");
    const call = await nextCall(page, () => page.keyboard.press("Enter"));
    expect(call.messages.at(-1)).toMatchObject({ content: "What colour? In one word.", images: [{ url }] });
    await answer(page, vision).locator(".facts").waitFor();
    await answer(page, vision).getByRole("button", { name: "Save as example" }).click();
    const dialog = page.getByRole("dialog", { name: "Save as a training example" });
    await dialog.getByRole("img", { name: "pixel.png" }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });
});

describe("reasoning effort", () => {
  it("is offered for models that take it, with the values that they take, and is sent to them alone", async () => {
    const page = await chatPage();
    expect(await page.getByLabel("Reasoning effort").count()).toBe(0);
    await page.getByLabel("Side by side with").selectOption(reasoning);
    const field = page.getByLabel("Reasoning effort");
    expect(await field.locator("option").allTextContents()).toEqual(["default", "low", "medium", "high"]);
    await field.selectOption("high");
    await page.getByText(`${tunedDeployment} takes no reasoning effort, so yours is not sent to it.`).waitFor();
    const calls: Record<string, unknown>[] = [];
    page.on("request", (one) => {
      if (one.url().endsWith("/api/chat")) calls.push(one.postDataJSON() as Record<string, unknown>);
    });
    await ask(page, "What are tokens number 3?");
    for (const name of [tunedDeployment, reasoning]) await answer(page, name).locator(".facts").waitFor();
    expect(calls.map(({ deployment, reasoningEffort }) => [deployment, reasoningEffort])).toEqual([
      [tunedDeployment, undefined],
      [reasoning, "high"],
    ]);
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByLabel("Side by side with").selectOption("");
    await field.waitFor({ state: "detached" });
  });
});
