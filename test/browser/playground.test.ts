import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { servePlayground, type ServedPlayground } from "../playground/serve-playground";
import { baseDeployment, tunedDeployment } from "../playground/stack-on-rehearsal";
import { seriousViolations } from "./accessibility";
import { answer, ask, nextCall } from "./chat";
import { openPage } from "./page";
import { usePlayground } from "./use-playground";

const use = usePlayground();
const { chatPage } = use;
/** A second one, of a test that needs it otherwise. */
let other: ServedPlayground | undefined;
afterEach(async () => {
  await other?.close();
  other = undefined;
});

const question = "What are tokens number 3?";
const lesson = "Lesson 3: tokens are best learned step by step, with care.";
const chatPath = /chat\/completions/;

describe("a chat", () => {
  it("streams the answer, with tokens, latency and cost", async () => {
    use.playground.rehearsal.proxy.disturb("POST", chatPath, "slow");
    const page = await chatPage();
    await ask(page, question);
    const text = answer(page).locator(".text");
    await text.waitFor();
    const part = await text.textContent();
    expect(lesson.startsWith(part!.trim())).toBe(true);
    expect(part!.length).toBeLessThan(lesson.length);
    await answer(page).locator(".facts").waitFor();
    expect(await text.textContent()).toBe(lesson);
    expect(await answer(page).locator(".facts").textContent()).toMatch(
      /^\d+ tokens in, \d+ out · first token .+ · total .+ · \$0\.0000\d+/,
    );
    expect(use.open.complaints).toEqual([]);
  });

  it("sends the conversation so far, the system message and the parameters", async () => {
    const page = await chatPage();
    await page.getByLabel("System message").fill("Be brief.");
    await page.getByLabel(/^Temperature/).fill("0.2");
    await page.getByLabel(/^Top P/).fill("0.9");
    await page.getByLabel(/^Max tokens/).fill("50");
    await page.getByLabel(/^Seed/).fill("7");
    await ask(page, question);
    await answer(page).locator(".facts").waitFor();
    const call = await nextCall(page, () => ask(page, "And agents?"));
    expect(call).toEqual({
      deployment: tunedDeployment,
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: question },
        { role: "assistant", content: lesson },
        { role: "user", content: "And agents?" },
      ],
      temperature: 0.2,
      topP: 0.9,
      maxTokens: 50,
      seed: 7,
    });
  });

  it.each([
    ["Temperature", ["0.7", "0,7", ".7", "0.70", "2", "0"], ["12.5", "-1", "2.01", "1e0", "abc", "0x1", "-"], "0 to 2"],
    ["Top P", ["0.95", "1", "0.05"], ["1.5", "12.5", "-0.1"], "0 to 1"],
    ["Max tokens", ["50", "1"], ["12.5", "0", "-3"], "whole number from 1"],
    ["Seed", ["-7", "42"], ["12.5", "99999999999999999999"], "whole number"],
  ])(
    "%s can be typed key by key; a wrong one is marked with the range and not sent",
    async (label, right, wrong, range) => {
      const page = await chatPage();
      const field = page.getByLabel(new RegExp(`^${label}`));
      const key = ({ Temperature: "temperature", "Top P": "topP", "Max tokens": "maxTokens", Seed: "seed" } as const)[
        label
      ]!;
      const type = async (text: string) => {
        await field.focus();
        await page.keyboard.press("Control+A");
        await page.keyboard.press("Backspace");
        // Key by key, as a person does: each key must leave what was typed before.
        for (const [index, letter] of [...text].entries()) {
          await page.keyboard.press(letter);
          expect(await field.inputValue()).toBe(text.slice(0, index + 1));
        }
      };
      for (const text of wrong) {
        await type(text);
        const alert = page.locator(".parameters [role=alert]");
        expect(await alert.textContent()).toContain(range);
        expect(await field.getAttribute("aria-invalid")).toBe("true");
      }
      expect(await seriousViolations(page)).toEqual([]);
      expect(await nextCall(page, () => ask(page, question))).not.toHaveProperty(key);
      await answer(page).locator(".facts").waitFor();
      for (const text of right) {
        await type(text);
        expect(await page.locator(".parameters [role=alert]").count()).toBe(0);
      }
      const call = await nextCall(page, () => ask(page, question));
      expect(call[key]).toBe(Number(right.at(-1)));
      await type("");
      await answer(page).locator(".facts").waitFor();
      expect(await nextCall(page, () => ask(page, question))).not.toHaveProperty(key);
    },
  );

  it("begins without few-shot examples; those added, edited and moved change the request", async () => {
    const page = await chatPage();
    expect(await page.getByRole("group", { name: /^Example/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Add the sample example" }).click();
    expect(await page.getByRole("button", { name: "Add the sample example" }).count()).toBe(0);
    await page.getByRole("button", { name: "Add an example" }).click();
    const second = page.getByRole("group", { name: "Example 2" });
    await second.getByLabel("User").fill("Who are you?");
    await second.getByLabel("Assistant").fill("A teacher.");
    await second.getByRole("button", { name: "Move up example 2" }).click();
    const { messages } = await nextCall(page, () => ask(page, question));
    expect(messages.map(({ content }) => content.slice(0, 30))).toEqual([
      "The system is an AI teacher th",
      "Who are you?",
      "A teacher.",
      "What are the different types o",
      "There are three main types of ",
      question,
    ]);
  });

  it("leaves out an example of which a side is empty, and says so", async () => {
    const page = await chatPage();
    await page.getByRole("button", { name: "Add an example" }).click();
    await page.keyboard.type("Who are you?");
    await page.getByRole("group", { name: "Example 1" }).getByText("Not sent until").waitFor();
    const { messages } = await nextCall(page, () => ask(page, question));
    expect(messages.map(({ role }) => role)).toEqual(["system", "user"]);
  });

  it("keeps the end in sight while answers come, and the reader's place where he has scrolled up", async () => {
    const page = await chatPage({ viewport: { width: 390, height: 600 } });
    const list = page.getByRole("list", { name: "Messages" });
    const below = () =>
      page.evaluate<number>(
        "(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(document.querySelector('.messages'))",
      );
    for (let turn = 0; turn < 3; turn++) {
      use.playground.rehearsal.proxy.disturb("POST", chatPath, "slow");
      await ask(page, `${question}\n`.repeat(5));
      await answer(page).locator(".facts").waitFor();
      expect(await below()).toBeLessThan(2);
    }
    use.playground.rehearsal.proxy.disturb("POST", chatPath, "slow");
    await ask(page, question);
    await answer(page).locator(".text").waitFor();
    await list.hover();
    await page.mouse.wheel(0, -300);
    await answer(page).locator(".facts").waitFor();
    expect(await below()).toBeGreaterThan(100);
  });

  it("keeps a long conversation over a reload, and leaves out its beginning where a tab can't keep all", async () => {
    const page = await chatPage();
    await page.evaluate("sessionStorage.setItem('other', 'x'.repeat(5 * 1024 * 1024 - 100_000))");
    for (let turn = 0; turn < 3; turn++) {
      await ask(page, `${question} ${"word ".repeat(8_000)}`);
      await page.getByRole("article").nth(turn).locator("footer").waitFor();
    }
    await ask(page, "And agents?");
    await page.getByRole("article").nth(3).locator("footer").waitFor();
    await page.reload();
    await page.getByText("And agents?").waitFor();
    expect(await page.getByRole("article").count()).toBeLessThan(4);
    expect(use.open.complaints).toEqual([]);
  });

  it("shows two deployments side by side on the same question", async () => {
    const page = await chatPage();
    await page.getByLabel("Side by side with").selectOption(baseDeployment);
    await ask(page, question);
    await answer(page, tunedDeployment).locator(".facts").waitFor();
    await answer(page, baseDeployment).locator(".facts").waitFor();
    const [tuned, base] = [answer(page, tunedDeployment), answer(page, baseDeployment)];
    expect(await tuned.locator(".text").textContent()).toBe(lesson);
    expect(await base.locator(".text").textContent()).not.toBe(lesson);
    const [left, right] = [(await tuned.boundingBox())!, (await base.boundingBox())!];
    expect(left.y).toBe(right.y);
    expect(left.x + left.width).toBeLessThanOrEqual(right.x);
  });

  it("regenerates the last answer with the settings as they are now", async () => {
    const page = await chatPage();
    await ask(page, question);
    await answer(page).locator(".facts").waitFor();
    await page.getByLabel(/^Seed/).fill("11");
    const call = await nextCall(page, () => page.keyboard.press("Alt+r"));
    expect(call).toMatchObject({ seed: 11 });
    expect(call.messages.at(-1)).toEqual({ role: "user", content: question });
    await answer(page).locator(".facts").waitFor();
    expect(await page.getByRole("article").count()).toBe(1);
  });
});

describe("the keyboard", () => {
  it("Enter takes a Japanese candidate while composing, and sends only afterwards", async () => {
    const page = await chatPage();
    const session = await use.open.context.newCDPSession(page);
    await page.getByLabel("User message").focus();
    let sent = 0;
    page.on("request", (request) => (sent += request.url().endsWith("/api/chat") ? 1 : 0));
    await session.send("Input.imeSetComposition", { text: "じんこうちのう", selectionStart: 7, selectionEnd: 7 });
    const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 };
    await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter });
    await session.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
    await session.send("Input.insertText", { text: "人工知能とは" });
    expect(sent).toBe(0);
    expect(await page.getByLabel("User message").inputValue()).toBe("人工知能とは");
    const { messages } = await nextCall(page, () => page.keyboard.press("Enter"));
    expect(messages.at(-1)).toEqual({ role: "user", content: "人工知能とは" });
  });

  it("Shift+Enter makes a line; a slash leads to the message; Alt+2 to the report and Alt+1 back", async () => {
    const page = await chatPage();
    await page.getByRole("link", { name: "Chat" }).focus();
    await page.keyboard.press("/");
    await page.keyboard.type("one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    expect(await page.getByLabel("User message").inputValue()).toBe("one\ntwo");
    await page.keyboard.press("Alt+2");
    await page.getByRole("heading", { name: "Lineage" }).waitFor();
    await page.keyboard.press("Alt+1");
    await page.getByLabel("User message").waitFor();
  });

  it("Alt+Up moves an example as often as it is pressed, and the focus goes with it", async () => {
    const page = await chatPage();
    await page.getByRole("button", { name: "Add the sample example" }).click();
    for (const name of ["two", "three"]) {
      await page.getByRole("button", { name: "Add an example" }).click();
      await page.keyboard.type(`${name}?`);
      await page.keyboard.press("Tab");
      await page.keyboard.type(`${name}.`);
    }
    await page.keyboard.press("Alt+ArrowUp");
    await page.keyboard.press("Alt+ArrowUp");
    await page.keyboard.type("!");
    expect(await page.getByRole("group", { name: "Example 1" }).getByLabel("Assistant").inputValue()).toBe("three.!");
    await page.getByRole("button", { name: "Remove example 1" }).press("Enter");
    await page.getByRole("button", { name: "Remove example 1" }).press("Enter");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("group", { name: /^Example/ }).count()).toBe(0);
    await page.keyboard.press("Enter");
    expect(await page.getByRole("group", { name: /^Example/ }).count()).toBe(1);
  });

  it("letters that are written with Alt are letters in a field", async () => {
    const page = await chatPage();
    await page.getByLabel("User message").focus();
    const session = await use.open.context.newCDPSession(page);
    // AltGr+2 of a Spanish keyboard under Windows, then Option+N of a Mac.
    const keys = [
      { modifiers: 3, key: "@", code: "Digit2", windowsVirtualKeyCode: 50, text: "@" },
      { modifiers: 1, key: "Dead", code: "KeyN", windowsVirtualKeyCode: 78 },
    ];
    for (const key of keys) await session.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
    await page.keyboard.type("x");
    expect(await page.getByLabel("User message").inputValue()).toMatch(/x$/);
    expect(page.url()).not.toContain("#report");
  });

  it("Escape stops the answer and keeps what came", async () => {
    use.playground.rehearsal.proxy.disturb("POST", chatPath, "slow");
    const page = await chatPage();
    await ask(page, question);
    await answer(page).locator(".text").waitFor();
    await page.keyboard.press("Escape");
    await answer(page).getByText("Stopped.").waitFor();
    const kept = await answer(page).locator(".text").textContent();
    expect(kept!.length).toBeLessThan(lesson.length);
    await page.getByRole("button", { name: "Send" }).waitFor();
    expect(use.open.complaints).toEqual([]);
  });
});

describe("when something is wrong", () => {
  it("a rate limit is a sentence, with the time to wait", async () => {
    const fault = { status: 429, code: "429", message: "Rate limit is exceeded.", headers: { "retry-after": "7" } };
    use.playground.rehearsal.proxy.disturb("POST", chatPath, fault);
    const page = await chatPage();
    await ask(page, question);
    const alert = await answer(page).getByRole("alert").textContent();
    expect(alert).toContain("Rate limit is exceeded (429). Try again in 7 s.");
    await ask(page, question);
    await answer(page).locator(".facts").waitFor();
  });

  it("a missing role is a sentence that names the role", async () => {
    const message = "The principal `x` lacks the required data action `y` to perform `POST /z` operation.";
    use.playground.rehearsal.proxy.disturb("POST", chatPath, { status: 401, code: "PermissionDenied", message });
    const page = await chatPage();
    await ask(page, question);
    expect(await answer(page).getByRole("alert").textContent()).toContain("Cognitive Services OpenAI User");
  });

  it("a lost connection to the service is a sentence", async () => {
    use.playground.rehearsal.proxy.disturb("POST", chatPath, "cut before");
    const page = await chatPage();
    await ask(page, question);
    expect(await answer(page).getByRole("alert").textContent()).toMatch(
      /^Calling the deployment tuned failed: .+\.\s*$/,
    );
  });

  it("an account without a deployment is a sentence, and the page has the deployment once it is there", async () => {
    other = await servePlayground();
    const context = await use.browser.newContext();
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(other.address);
    await page.getByText("The account has no deployment yet.").waitFor();
    expect(await page.getByLabel("User message").isDisabled()).toBe(true);
    expect(await seriousViolations(page)).toEqual([]);
    await other.stack.finish();
    await page.clock.fastForward(5_000);
    await page.getByRole("button", { name: "Send" }).and(page.locator(":enabled")).waitFor();
    expect(await page.getByRole("combobox", { name: /^Deployment/ }).inputValue()).toBe(tunedDeployment);
    await context.close();
  });

  it("a lost server of the playground is a sentence that says how to start it", async () => {
    other = await servePlayground();
    await other.stack.finish();
    const { page, context } = await openPage(use.browser, other.address);
    await page.getByLabel("User message").waitFor();
    await other.stopServer();
    await ask(page, question);
    expect(await answer(page).getByRole("alert").textContent()).toContain("npm run playground");
    await context.close();
  });
});

describe("what can be done with an answer", () => {
  it("is copied as code without a secret", async () => {
    const page = await chatPage({ permissions: ["clipboard-read", "clipboard-write"] });
    await ask(page, question);
    await answer(page).locator(".facts").waitFor();
    for (const [language, credential] of [
      ["curl", '"api-key: $AZURE_OPENAI_API_KEY"'],
      ["TypeScript", "process.env.AZURE_OPENAI_API_KEY"],
      ["Python", 'os.environ["AZURE_OPENAI_API_KEY"]'],
    ] as const) {
      await answer(page).getByText("Copy as").click();
      await answer(page).getByRole("button", { name: language }).click();
      await answer(page).getByText(`${language} copied`).waitFor();
      const code = await page.evaluate<string>("navigator.clipboard.readText()");
      expect(code).toContain(credential);
      expect(code).toContain(question);
      expect(code).toContain(tunedDeployment);
    }
  });

  it("is saved as a training example, edited before", async () => {
    const page = await chatPage();
    await ask(page, question);
    await answer(page).getByRole("button", { name: "Save as example" }).click();
    const dialog = page.getByRole("dialog", { name: "Save as a training example" });
    await dialog.getByLabel("assistant").fill("Tokens are pieces of text.");
    await dialog.getByLabel(/^File/).fill("../outside.jsonl");
    await dialog.getByRole("button", { name: "Save" }).click();
    expect(await dialog.getByRole("alert").textContent()).toContain("is outside ");
    await dialog.getByLabel(/^File/).fill("mine.jsonl");
    await dialog.getByRole("button", { name: "Save" }).click();
    expect(await dialog.getByRole("status").textContent()).toContain("has 1 example and");
    const rows = readFileSync(path.join(use.playground.rehearsal.folder, "mine.jsonl"), "utf8");
    expect(JSON.parse(rows)).toEqual({
      messages: [
        { role: "system", content: "The system is an AI teacher that helps people learn about AI" },
        { role: "user", content: question },
        { role: "assistant", content: "Tokens are pieces of text." },
      ],
    });
    expect(await seriousViolations(page)).toEqual([]);
  });
});

describe("for everybody", () => {
  it.each(["light", "dark"] as const)("axe finds nothing serious in %s colours", async (colorScheme) => {
    const page = await chatPage({ colorScheme });
    await page.getByLabel("Side by side with").selectOption(baseDeployment);
    await ask(page, question);
    await answer(page, baseDeployment).locator(".facts").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole("link", { name: "Training report" }).click();
    await page.locator(".plot canvas").first().waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it.each([390, 320])("fits a phone of %d pixels: nothing is wider than the screen", async (width) => {
    const page = await chatPage({ viewport: { width, height: 740 } });
    await ask(page, `${question} ${"word".repeat(100)}`);
    await answer(page).locator(".facts").waitFor();
    const needed = () => page.evaluate<number>("document.documentElement.scrollWidth");
    expect(await needed()).toBeLessThanOrEqual(width);
    await page.getByRole("link", { name: "Training report" }).click();
    await page.locator(".plot canvas").first().waitFor();
    expect(await needed()).toBeLessThanOrEqual(width);
  });

  it("works where the browser's language is none that Intl knows, as under LANG=C", async () => {
    const page = await chatPage({ locale: "en-US@posix" });
    await page.getByRole("link", { name: "Training report" }).click();
    await page.locator(".plot canvas").first().waitFor();
    expect(use.open.complaints).toEqual([]);
  });
});

it("sends the browser no key and no token, and loads nothing from elsewhere", async () => {
  const page = await chatPage();
  await ask(page, question);
  await answer(page).locator(".facts").waitFor();
  await page.getByRole("link", { name: "Training report" }).click();
  await page.locator(".plot canvas").first().waitFor();
  const { service, account, client } = use.playground.rehearsal;
  const bytes = use.playground.sent();
  // What was looked at is all there: the page, the setup, the answer, the report.
  for (const part of ["HTTP/1.1 200", "<!doctype html>", '"saveFolder"', '"type":"end"', '"lineage"'])
    expect(bytes.includes(part)).toBe(true);
  const secrets = [client.clientSecret, ...account.keys, service.deployer.clientSecret];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(20);
    expect(bytes.includes(secret)).toBe(false);
  }
  // Access tokens are JSON web tokens: three parts, of which the first two are JSON objects in base64url.
  expect(/eyJ[\w-]+\.eyJ[\w-]+/.test(bytes)).toBe(false);
  expect([...use.open.origins]).toEqual([use.playground.origin]);
  expect(use.open.complaints).toEqual([]);
});

it("says on both pages that it is a rehearsal", async () => {
  const page = await chatPage();
  const notice = page.getByRole("note").filter({ hasText: "simulated by local-azure, not on Azure" });
  expect(await notice.isVisible()).toBe(true);
  await page.getByRole("link", { name: "Training report" }).click();
  await page.locator(".plot canvas").first().waitFor();
  expect(await notice.isVisible()).toBe(true);
});

it("Tab leads from the message to Send, and only then to what removes the conversation", async () => {
  const page = await chatPage();
  await ask(page, question);
  await answer(page).locator(".facts").waitFor();
  await page.getByLabel("User message").focus();
  const focused = () => page.evaluate<string>("document.activeElement.textContent");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Send");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("New conversation");
});

it("speaks of no keys where there is no keyboard", async () => {
  const page = await chatPage({ viewport: { width: 390, height: 740 }, isMobile: true, hasTouch: true });
  expect(await page.getByLabel("User message").getAttribute("placeholder")).toBe("Ask something");
});
