import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import type { Page } from "playwright-core";
import { baseDeployment, tunedDeployment } from "../playground/stack-on-rehearsal";
import { deploy } from "../support/rehearsal";
import { seriousViolations } from "./accessibility";
import { answer, ask, askToEnd, nextCall } from "./chat";
import { usePlayground } from "./use-playground";

const reasoning = "reasoning";
const chatPath = /chat\/completions/;

const use = usePlayground(({ rehearsal }) => {
  deploy(rehearsal, reasoning, "o4-mini");
  Object.assign(rehearsal.account.deployments.at(-1)!.model, { version: "2025-04-16" });
});
const { chatPage } = use;

/** Teaches the model an answer, by an example. */
async function teach(page: Page, question: string, taught: string): Promise<void> {
  await page.getByRole("button", { name: "Add an example" }).click();
  await page.getByRole("group", { name: "Example 1" }).getByLabel("User").fill(question);
  await page.getByRole("group", { name: "Example 1" }).getByLabel("Assistant").fill(taught);
}

const markdown = `Some **bold** and *italic* text, \`code\` and a [manual](https://learn.microsoft.com/azure).

# Title

1. first
2. second

- outer
  - inner

| name | price |
| --- | ---: |
| token | 12 |

\`\`\`ts
const a = 1 < 2; // "copied"
\`\`\`
`;

describe("Markdown of an answer", () => {
  it("is drawn: emphasis, headings, lists, tables, code that can be copied, links that show where they lead", async () => {
    const page = await chatPage({ permissions: ["clipboard-read", "clipboard-write"] });
    await teach(page, "Show Markdown", markdown);
    await askToEnd(page, "Show Markdown");
    const text = answer(page).locator(".text");
    for (const [selector, content] of [
      ["strong", "bold"],
      ["em", "italic"],
      ["p code", "code"],
      ["h4", "Title"],
      ["ol > li:nth-child(2)", "second"],
      ["ul > li > ul > li", "inner"],
      ["td.align-right", "12"],
      ["figure pre code", 'const a = 1 < 2; // "copied"'],
    ])
      expect([selector, await text.locator(selector!).textContent()]).toEqual([selector, content]);
    // Filled for the outer list, although the messages are a list themselves.
    const marks = "[...document.querySelectorAll('.markdown ul')].map((list) => getComputedStyle(list).listStyleType)";
    expect(await page.evaluate(marks)).toEqual(["disc", "circle"]);
    const link = text.getByRole("link");
    expect(await link.textContent()).toContain("manual (learn.microsoft.com/azure)");
    expect(await link.getAttribute("rel")).toContain("noopener");
    expect([await link.getAttribute("href"), await link.getAttribute("target")]).toEqual([
      "https://learn.microsoft.com/azure",
      "_blank",
    ]);
    await text.getByRole("button", { name: "Copy code" }).press("Enter");
    await text.getByText("Copied", { exact: true }).waitFor();
    expect(await page.evaluate<string>("navigator.clipboard.readText()")).toBe('const a = 1 < 2; // "copied"\n');
    expect(await seriousViolations(page)).toEqual([]);
    expect(use.open.complaints).toEqual([]);
  });

  it("makes no element of HTML, loads nothing, and links to nothing that runs or leads into the page", async () => {
    const page = await chatPage();
    const hostile = [
      "<script>document.title = 'owned'</script>",
      "<img src=x onerror=\"document.title='owned'\">",
      "![secret](https://evil.example/pixel.png?x=1)",
      "[run](javascript:document.title='owned')",
      "[data](data:text/html,<script>alert(1)</script>)",
      "[page](#report)",
      "[file](file:///etc/passwd)",
      '[quote](https://ok.example/" onmouseover="document.title=1)',
      "<https://evil.example/<svg onload=alert(1)>>",
      "[ref]: javascript:alert(1)",
      "[ref]",
      "<iframe src='https://evil.example'></iframe> &lt;b&gt; &amp;",
      '<a href="javascript:alert(1)">a</a>',
    ].join("\n\n");
    await teach(page, "Show attack", hostile);
    await askToEnd(page, "Show attack");
    const found = await page.evaluate<{ tags: string[]; attributes: string[]; hrefs: string[] }>(`(() => {
      const all = [...document.querySelectorAll(".markdown *")];
      const attributes = all.flatMap((one) => one.getAttributeNames());
      const links = all.filter((one) => one.localName === "a");
      return { tags: all.map((one) => one.localName), attributes, hrefs: links.map((one) => one.getAttribute("href")) };
    })()`);
    expect([...new Set(found.tags)].sort()).toEqual(["a", "p", "span"]);
    expect(found.attributes.filter((name) => !["href", "rel", "target", "title", "class"].includes(name))).toEqual([]);
    expect(found.hrefs.length).toBeGreaterThan(0);
    expect(found.hrefs.filter((href) => !/^https:\/\//.test(href))).toEqual([]);
    expect(await answer(page).locator(".text").textContent()).toContain("<b> &");
    expect(await page.title()).not.toContain("owned");
    expect([...use.open.origins]).toEqual([use.playground.origin]);
    expect(use.open.complaints).toEqual([]);
  });

  it("doesn't flicker while it streams: no raw mark is seen, and what is drawn stays in its place", async () => {
    const page = await chatPage();
    await teach(page, "Show Markdown", `Begin **with these bold words** and \`this code of mine\`.\n\n${markdown}`);
    use.playground.rehearsal.proxy.disturb("POST", chatPath, "slow");
    await page.evaluate(`window.seen = []; new MutationObserver(() => {
      const text = document.querySelector(".answer .text");
      if (!text) return;
      window.first ??= text.querySelector("p");
      window.seen.push(text.textContent);
    }).observe(document.body, { subtree: true, childList: true, characterData: true })`);
    await askToEnd(page, "Show Markdown");
    const seen = await page.evaluate<string[]>("window.seen");
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.filter((text) => /\*\*|`|\]\(/.test(text))).toEqual([]);
    expect(await page.evaluate("window.first === document.querySelector('.answer .text p')")).toBe(true);
  });
});

describe("asking again", () => {
  it("a turn that is edited keeps what followed it as a version, also over a reload", async () => {
    const page = await chatPage();
    await askToEnd(page, "What are tokens number 3?");
    await askToEnd(page, "What are agents number 6?");
    await page.getByRole("button", { name: "Edit question 1" }).press("Enter");
    await page.keyboard.type(" Briefly.");
    const call = await nextCall(page, () => page.keyboard.press("Enter"));
    expect(call.messages.slice(1)).toEqual([{ role: "user", content: "What are tokens number 3? Briefly." }]);
    await answer(page).locator(".facts").waitFor();
    expect(await page.getByRole("article").count()).toBe(1);
    await page.getByText("2 of 2").waitFor();
    await page.getByRole("button", { name: "Previous version of question 1" }).press("Enter");
    expect(await page.getByRole("article").count()).toBe(2);
    await page.getByText("What are agents number 6?").waitFor();
    await page.reload();
    await page.getByText("1 of 2").waitFor();
    await page.getByRole("button", { name: "Next version of question 1" }).press("Enter");
    expect(await page.getByText("Briefly.").count()).toBe(1);
    expect(await seriousViolations(page)).toEqual([]);
  });

  it("Escape leaves the question as it was; Shift+Enter starts a line in it", async () => {
    const page = await chatPage();
    await askToEnd(page, "What are tokens?");
    await page.getByRole("button", { name: "Edit question 1" }).press("Enter");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("Now");
    expect(await page.getByLabel("Question 1", { exact: true }).inputValue()).toBe("What are tokens?\nNow");
    await page.keyboard.press("Escape");
    expect(await page.locator(".question").textContent()).toBe("You: What are tokens?");
  });

  it("the focus never falls back to the top of the page", async () => {
    const page = await chatPage();
    const focused = () =>
      page.evaluate<string>(
        "(document.activeElement.id || document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).slice(0, 60)",
      );
    await page.getByRole("button", { name: "What are tokens?" }).press("Enter");
    await answer(page).locator(".facts").waitFor();
    expect(await focused()).toBe("message");
    await page.getByRole("button", { name: "Edit question 1" }).press("Enter");
    await page.keyboard.press("Escape");
    expect(await focused()).toBe("Edit question 1");
    await page.keyboard.press("Enter");
    await page.keyboard.type(" Briefly.");
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("message");
    await answer(page).locator(".facts").waitFor();
    await page.getByRole("button", { name: "Previous version of question 1" }).press("Enter");
    expect(await focused()).toBe("Previous version of question 1");
    await answer(page).getByRole("button", { name: "Regenerate" }).press("Enter");
    expect(await focused()).toBe("message");
    await answer(page).locator(".facts").waitFor();
    await page.getByRole("button", { name: "New conversation" }).press("Enter");
    expect(await focused()).toBe("message");
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    expect(await focused()).toBe("message");
  });

  it("a question that is edited stays in sight, also at the top of a long conversation on a phone", async () => {
    const page = await chatPage({ viewport: { width: 390, height: 740 } });
    for (const topic of ["tokens number 3", "agents number 6", "search number 7"])
      await askToEnd(page, `What are ${topic}?`);
    await page.getByRole("button", { name: "Edit question 1" }).press("Enter");
    const field = page.getByLabel("Question 1", { exact: true });
    await field.waitFor();
    const seen = `(() => {
      const [field, list] = [".editor textarea", ".messages"].map((one) => document.querySelector(one).getBoundingClientRect());
      return field.top >= list.top && field.bottom <= list.bottom;
    })()`;
    await page.waitForFunction(seen);
    await page.keyboard.type(" Briefly.");
    expect(await page.evaluate(seen)).toBe(true);
  });

  it("an answer that is regenerated stays as a version", async () => {
    const page = await chatPage();
    await askToEnd(page, "What are tokens number 3?");
    await page.keyboard.press("Alt+r");
    await page.getByText("2 of 2").waitFor();
    expect(await page.getByRole("article").count()).toBe(1);
  });

  it("a new conversation can be undone until something is asked", async () => {
    const page = await chatPage();
    await askToEnd(page, "What are tokens number 3?");
    await page.keyboard.press("Alt+n");
    expect(await page.getByRole("article").count()).toBe(0);
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    expect(await page.getByRole("article").count()).toBe(1);
    await page.keyboard.press("Alt+n");
    await page.getByRole("button", { name: "What are tokens?" }).press("Enter");
    await answer(page).locator(".facts").waitFor();
    expect(await page.getByRole("button", { name: "Undo" }).count()).toBe(0);
    expect(await page.getByRole("article").count()).toBe(1);
  });
});

describe("parameters", () => {
  it("stop sequences and penalties are sent; more than four are marked, and not sent", async () => {
    const page = await chatPage();
    await page.getByLabel(/^Frequency penalty/).fill("-1.5");
    await page.getByLabel(/^Presence penalty/).fill("0.5");
    const stop = page.getByLabel(/^Stop sequences/);
    await stop.focus();
    for (const line of ["step", "\\n", "a", "b"]) {
      await page.keyboard.type(line);
      await page.keyboard.press("Enter");
    }
    const call = await nextCall(page, () => ask(page, "What are tokens number 3?"));
    expect(call).toMatchObject({ frequencyPenalty: -1.5, presencePenalty: 0.5, stop: ["step", "\n", "a", "b"] });
    await answer(page).locator(".facts").waitFor();
    await stop.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("c");
    await page.getByText("Not sent: expected up to 4 sequences").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    expect(await nextCall(page, () => ask(page, "What are tokens number 3?"))).not.toHaveProperty("stop");
  });

  it("an answer is JSON of the schema; what is no JSON, or no schema, is marked and not sent", async () => {
    const page = await chatPage();
    await page.getByLabel("Format").selectOption({ label: "JSON schema" });
    await page.getByText("Not sent: enter a JSON schema.").waitFor();
    await page.getByRole("button", { name: "Insert a sample schema" }).press("Enter");
    const call = await nextCall(page, () => ask(page, "What are tokens number 3?"));
    const { responseFormat: format } = call;
    if (format?.type !== "json_schema") throw new Error("no schema was sent");
    await answer(page).locator(".facts").waitFor();
    const json = JSON.parse((await answer(page).locator(".text pre").textContent())!) as object;
    expect(new Ajv().validate(format.schema, json)).toBe(true);
    const field = page.getByLabel(/^JSON schema/);
    for (const [text, message] of [
      ['{"type":', "not valid JSON"],
      ['{"name": "no spaces", "schema": {}}', "name: expected 1 to 64 letters"],
      ['{"name": "x", "schema": []}', "schema: "],
    ]) {
      await field.fill(text!);
      expect(await page.locator(".setup [role=alert]").textContent()).toContain(message);
    }
    expect(await nextCall(page, () => ask(page, "And agents?"))).not.toHaveProperty("responseFormat");
  });

  it("what a reasoning model refuses isn't offered; beside another model it is sent to that one alone", async () => {
    const page = await chatPage();
    await page.getByLabel(/^Temperature/).fill("0.2");
    await page.getByLabel("Side by side with").selectOption(reasoning);
    await page.getByText(`${reasoning} serves a reasoning model, which doesn't accept temperature, top p`).waitFor();
    const calls: Record<string, unknown>[] = [];
    page.on("request", (one) => {
      if (one.url().endsWith("/api/chat")) calls.push(one.postDataJSON() as Record<string, unknown>);
    });
    await ask(page, "What are tokens number 3?");
    for (const name of [tunedDeployment, reasoning]) await answer(page, name).locator(".facts").waitFor();
    expect(calls.map(({ deployment, temperature }) => [deployment, temperature])).toEqual([
      [tunedDeployment, 0.2],
      [reasoning, undefined],
    ]);
    await page.getByRole("combobox", { name: /^Deployment/ }).selectOption(reasoning);
    await page.getByLabel("Side by side with").selectOption("");
    for (const label of [/^Temperature/, /^Top P/, /penalty/, /^Stop/])
      expect(await page.getByLabel(label).count()).toBe(0);
    expect(await page.getByLabel(/^Max tokens/).count()).toBe(1);
  });
});

describe("tools", () => {
  it("a call is shown, its result is typed, and both are part of what is asked next", async () => {
    const page = await chatPage();
    await page.getByRole("button", { name: "Insert a sample function" }).press("Enter");
    await askToEnd(page, "Find a lesson about 3 subjects");
    const card = answer(page);
    expect(await card.getByText("find_lesson", { exact: true }).count()).toBe(1);
    const given = JSON.parse((await card.getByLabel("Arguments of find_lesson").textContent())!) as object;
    expect(given).toMatchObject({ most: 3 });
    expect(await seriousViolations(page)).toEqual([]);
    await card.getByLabel("Result of find_lesson").focus();
    await page.keyboard.type('{"title": "Tokens"}');
    await page.keyboard.press("Tab");
    const call = await nextCall(page, () => page.keyboard.press("Enter"));
    expect(call.tools).toMatchObject([{ name: "find_lesson" }]);
    const called = { role: "assistant", content: "", toolCalls: [{ name: "find_lesson" }] };
    const result = { role: "tool", content: '{"title": "Tokens"}' };
    expect(call.messages.slice(-2)).toMatchObject([called, result]);
    await card.locator(".facts").waitFor();
    await page.getByLabel("Functions").fill("");
    const next = await nextCall(page, () => ask(page, "And agents?"));
    expect(next.messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "tool", "assistant", "user"]);
    await answer(page).locator(".facts").waitFor();
    await answer(page).getByRole("button", { name: "Save as example" }).click();
    const dialog = page.getByRole("dialog", { name: "Save as a training example" });
    await dialog.getByLabel(/^File/).fill("tools.jsonl");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByRole("status").waitFor();
    const row = JSON.parse(readFileSync(path.join(use.playground.rehearsal.folder, "tools.jsonl"), "utf8")) as object;
    // Under the names of the chat API, with the tools beside the calls, though the last question offered none.
    expect(row).toMatchObject({
      messages: [
        { role: "system" },
        { role: "user" },
        { role: "assistant", content: null, tool_calls: [{ type: "function", function: { name: "find_lesson" } }] },
        { role: "tool", content: '{"title": "Tokens"}' },
        { role: "assistant" },
        { role: "user", content: "And agents?" },
        { role: "assistant" },
      ],
      tools: [{ type: "function", function: { name: "find_lesson", strict: true } }],
    });
  });

  it("results that were typed can be sent again where the service failed", async () => {
    const page = await chatPage();
    await page.getByRole("button", { name: "Insert a sample function" }).click();
    await askToEnd(page, "Find a lesson about 3 subjects");
    await answer(page).getByLabel("Result of find_lesson").fill("Tokens");
    const fault = { status: 429, code: "429", message: "Rate limit is exceeded." };
    use.playground.rehearsal.proxy.disturb("POST", chatPath, fault);
    await answer(page).getByRole("button", { name: "Send the result" }).press("Enter");
    await answer(page).getByRole("alert").waitFor();
    const call = await nextCall(page, () =>
      answer(page).getByRole("button", { name: "Send the results again" }).press("Enter"),
    );
    expect(call.messages.at(-1)).toMatchObject({ role: "tool", content: "Tokens" });
    await answer(page).locator(".facts").waitFor();
    expect(await answer(page).getByRole("alert").count()).toBe(0);
  });

  it("a call without its result is left out of what is asked next", async () => {
    const page = await chatPage();
    await page.getByRole("button", { name: "Insert a sample function" }).click();
    await askToEnd(page, "Find a lesson about 3 subjects");
    const call = await nextCall(page, () => ask(page, "Who are you?"));
    expect(call.messages.map(({ role }) => role)).toEqual(["system", "user"]);
    await answer(page).locator(".facts").waitFor();
  });

  it("what is no list of functions is marked with the member at fault, and not sent", async () => {
    const page = await chatPage();
    await page
      .getByLabel("Functions")
      .fill('[{"type": "function", "function": {"name": "ok"}}, {"name": "no spaces"}]');
    await page.getByText("Not sent: 1.name: expected 1 to 64 letters").waitFor();
    expect(await nextCall(page, () => ask(page, "Hello"))).not.toHaveProperty("tools");
  });
});

describe("the content filter", () => {
  it("that refuses a prompt is shown by category and severity", async () => {
    const page = await chatPage();
    await askToEnd(page, "[content-filter prompt violence=high] [content-filter prompt hate=low]");
    const card = answer(page);
    expect(await card.getByRole("alert").textContent()).toContain("content_filter: violence");
    await card.getByText("violence in the prompt (high, blocked)").waitFor();
    expect(await card.getByRole("row", { name: /^violence/ }).textContent()).toBe("violencehigh, blockednot checked");
    expect(await card.getByRole("row", { name: /^hate/ }).textContent()).toBe("hatelownot checked");
    expect(await seriousViolations(page)).toEqual([]);
  });

  it("that ends an answer is said, with what has come of it", async () => {
    const page = await chatPage();
    await askToEnd(page, "What are tokens number 3? [content-filter answer self_harm=medium]");
    const card = answer(page);
    expect(await card.getByRole("alert").textContent()).toContain("The content filter ended the answer.");
    expect(await card.locator(".markdown").textContent()).toMatch(/^Lesson 3: tokens/);
    await card.getByText("self-harm in the answer (medium, blocked)").waitFor();
  });

  it("that found nothing is one line", async () => {
    const page = await chatPage();
    await askToEnd(page, "What are tokens number 3?");
    await answer(page).getByText("Content filter: nothing found").waitFor();
    expect(await answer(page).getByRole("table").count()).toBe(0);
  });
});

describe("a setup file", () => {
  it("holds what was set and no secret; imported, it sets the same again, and can be undone", async () => {
    const page = await chatPage();
    await page.getByLabel("System message").fill("Be brief.");
    await page.getByLabel(/^Temperature/).fill("0.3");
    await page.getByLabel(/^Stop sequences/).fill("\\n");
    await page.getByLabel("Format").selectOption({ label: "JSON schema" });
    await page.getByRole("button", { name: "Insert a sample schema" }).click();
    await page.getByRole("button", { name: "Insert a sample function" }).click();
    await page.getByRole("button", { name: "Add the sample example" }).click();
    await page.getByLabel("Side by side with").selectOption(baseDeployment);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export" }).press("Enter"),
    ]);
    expect(download.suggestedFilename()).toBe("playground-local.json");
    const text = readFileSync(await download.path(), "utf8");
    const { account, client } = use.playground.rehearsal;
    for (const secret of [...account.keys, client.clientSecret]) expect(text).not.toContain(secret);
    const file = JSON.parse(text) as { parameters: Record<string, unknown>; deployments: string[] };
    expect(file).toMatchObject({
      kind: "playground setup",
      version: 1,
      systemMessage: "Be brief.",
      deployments: [tunedDeployment, baseDeployment],
      parameters: {
        temperature: 0.3,
        stop: ["\n"],
        responseFormat: { name: "lesson" },
        tools: [{ name: "find_lesson" }],
      },
    });
    const call = await nextCall(page, () => ask(page, "Who?"));
    await page.evaluate("sessionStorage.clear()");
    const other = await chatPage();
    const bring = async (content: object | string) => {
      const setup = path.join(use.playground.rehearsal.folder, "setup.json");
      writeFileSync(setup, typeof content === "string" ? content : JSON.stringify(content));
      await other.getByLabel("Setup file to import").setInputFiles(setup);
    };
    await bring({ ...file, deployments: [tunedDeployment, "gone"] });
    await other.getByText("Imported setup.json. Left out, because the account has no such deployment: gone.").waitFor();
    expect(await nextCall(other, () => ask(other, "Who?"))).toEqual(call);
    for (const [content, message] of [
      [{ ...file, parameters: { temperature: 3 } }, /not imported\. parameters\.temperature: .*2/],
      [{ ...file, parameters: { tools: [{ name: "a b" }] } }, /parameters\.tools\.0\.name: expected 1 to 64/],
      [{ ...file, apiKey: "x" }, /apiKey/],
      [{ ...file, kind: "other" }, /kind: /],
      ["{", /not valid JSON/],
    ] as const) {
      await bring(content);
      await other.locator(".setup .notice.error").filter({ hasText: message }).waitFor();
    }
    expect(await seriousViolations(other)).toEqual([]);
    await bring({ ...file, systemMessage: "Another." });
    await other.getByRole("button", { name: "Undo" }).waitFor();
    expect(await other.getByLabel("System message").inputValue()).toBe("Another.");
    await other.getByRole("button", { name: "Undo" }).press("Enter");
    expect(await other.getByLabel("System message").inputValue()).toBe("Be brief.");
    expect(use.open.complaints).toEqual([]);
  });
});

describe("on a phone", () => {
  it("the header says which stack and account; the open setup is the only thing that scrolls", async () => {
    const page = await chatPage({ viewport: { width: 390, height: 740 } });
    expect(await page.getByText("local · Tuning · northcentralus").isVisible()).toBe(true);
    await page.locator(".setup summary").first().press("Enter");
    await teach(page, "Show Markdown", markdown.repeat(5));
    expect(await page.getByLabel("User message").isVisible()).toBe(false);
    const scrollers = await page.evaluate<string[]>(`[...document.querySelectorAll("body, body *")]
      .filter((one) => one.checkVisibility() && one.scrollHeight > one.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(one).overflowY))
      .map((one) => one.className || one.localName)`);
    expect(scrollers).toEqual(["setup"]);
    await page.getByRole("button", { name: "Back to the conversation" }).press("Enter");
    expect(await page.getByLabel("User message").isVisible()).toBe(true);
  });
});

it("both dialogs have Close at the same end", async () => {
  const page = await chatPage();
  await askToEnd(page, "What are tokens number 3?");
  const distance = async (dialog: string) => {
    const [outer, close] = [page.getByRole("dialog", { name: dialog }), page.getByRole("button", { name: "Close" })];
    const [box, button] = [(await outer.boundingBox())!, (await close.boundingBox())!];
    await close.press("Enter");
    return Math.round(button.x - box.x) > box.width / 2;
  };
  await page.getByRole("button", { name: "Shortcuts" }).press("Enter");
  expect(await distance("Keyboard shortcuts")).toBe(true);
  await page.getByRole("button", { name: "Save as example" }).press("Enter");
  expect(await distance("Save as a training example")).toBe(true);
});

it("the refusal of a link without its token is a page like the others", async () => {
  const page = await use.visit(use.playground.origin);
  await page.getByText("This link is missing its access token.").waitFor();
  expect(await page.evaluate("getComputedStyle(document.querySelector('main')).borderTopWidth")).toBe("1px");
  expect(await seriousViolations(page)).toEqual([]);
  expect(use.open.complaints).toEqual([]);
});
