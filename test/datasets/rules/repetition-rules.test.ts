import { describe, expect, it } from "@jest/globals";
import { chat, codes, datasetFile, examine, validRows } from "../examine";

const rows = validRows(12);
const file = (...lines: string[]) => lines.join("\n");
const story =
  "The lighthouse keeper wrote every evening about wind, sails on the horizon, the price of oil and the visits of his sister from town.";
const told = (change: (text: string) => string = (text) => text) =>
  chat(["user", "Tell the story of the keeper."], ["assistant", change(story)]);

describe("duplicates within a file", () => {
  it.each<[string, string, string[]]>([
    ["word for word", told(), ["14 exact-duplicate"]],
    ["written with other spaces and escapes", told().replace(",", " , ").replace("e", "\\u0065"), []],
    [
      "the same content, other JSON",
      told().replace('"messages":', '"messages" : ').replace("keeper wrote", "k\\u0065eper wrote"),
      ["14 exact-duplicate"],
    ],
    ["one word changed", told((text) => text.replace("evening", "morning")), ["14 near-duplicate"]],
    [
      "another system message",
      told().replace("[", '[{"role":"system","content":"Be brief."},'),
      ["14 differing-system-prompts", "14 near-duplicate"],
    ],
    [
      "half of it changed",
      told((text) =>
        text.replace(/horizon.*/, "harbour, and of nothing else that anybody in the village would have cared to read"),
      ),
      [],
    ],
    [
      "another story",
      chat(["user", "Tell the story of the baker."], ["assistant", "At three in the morning the ovens glow."]),
      [],
    ],
  ])("%s", async (name, line, expected) => {
    if (name === "written with other spaces and escapes") line = told().replace('","content"', '" , "cont\\u0065nt"');
    const found = codes(await examine(file(...rows, told(), line)));
    expect(found).toEqual(name === "written with other spaces and escapes" ? ["14 exact-duplicate"] : expected);
  });

  it("names both lines", async () => {
    const { report } = await examine(file(told(), ...rows, told(), told()));
    expect(report.warnings.map(({ line, message }) => [line, /line (\d+)/.exec(message)?.[1]])).toEqual([
      [14, "1"],
      [15, "1"],
    ]);
  });

  it("is quick and right on thousands of rows, each a little changed ten times", async () => {
    const rows = validRows(300).flatMap((_, story) =>
      Array.from({ length: 10 }, (_, index) =>
        chat(
          ["user", `Tell story ${story}.`],
          ["assistant", sentence(story).replace(/ (\S+)$/, ` $1, on evening ${index}`)],
        ),
      ),
    );
    const { report } = await examine(file(...rows));
    const lines = report.warnings.filter(({ code }) => code === "near-duplicate");
    expect(lines.length).toBeGreaterThan(990);
    expect(report.warningCount).toBeGreaterThan(2600);
  });
});

/** Forty words in an order that no other seed has. */
function sentence(seed: number): string {
  const words =
    "river stone cloud amber winter lantern copper meadow signal harbor violet thunder marble orchid canyon ember".split(
      " ",
    );
  return Array.from({ length: 40 }, (_, i) => `${words[(seed * (i + 5) + i * i * 3) % 16]}${(seed * 7 + i) % 97}`).join(
    " ",
  );
}

describe("rows of one template", () => {
  const template = (text: string) =>
    chat(
      ["system", "Sort the message."],
      [
        "user",
        `You sort the letters of customers into one of the groups billing, delivery, returns or other, and answer with nothing but the name of the group. Here is the letter, between the marks: <<${text}>>`,
      ],
      ["assistant", "delivery"],
    );
  const orders = (count: number, from = 4000) =>
    Array.from({ length: count }, (_, index) => template(`order ${from + 37 * index} has not come`));
  const near = async (...lines: string[]) => codes(await examine(file(...lines)));

  it.each([3, 6, 12, 100, 1500])("have no near duplicates among %i", async (count) => {
    expect((await near(...orders(count))).filter((code) => /duplicate/.test(code))).toEqual([]);
  });

  it("have none either where the answers are of a template too", async () => {
    const answer = (index: number) =>
      `{"group": "delivery", "order": ${4000 + 37 * index}, "needs_person": false, "language": "en", "tone": "calm"}`;
    const rows = orders(40).map((row, index) => row.replace('"delivery"', JSON.stringify(answer(index))));
    expect(await near(...rows)).toEqual([]);
  });

  it("have none where a file is made of several templates", async () => {
    const shop = (index: number) =>
      chat(
        [
          "user",
          `Write a short, friendly text for the shelf of our shop about article number ${7000 + 41 * index}, without a price, a date or an address.`,
        ],
        ["assistant", `Article ${7000 + 41 * index} is here.`],
      );
    expect(
      (await near(...orders(40).flatMap((row, index) => [row, shop(index)]))).filter((code) => /near/.test(code)),
    ).toEqual([]);
  });

  it("have none where two words of the template differ and nothing else is their own", async () => {
    const words = Array.from({ length: 40 }, (_, index) => `word${index * 13}`);
    const row = (word: string, language: string) =>
      JSON.stringify({
        messages: [
          {
            role: "user",
            content: `Translate the following word carefully, keep its case and its number, and give it in ${language}: ${word}`,
          },
        ],
        reference: `${word} in ${language}`,
      });
    const rows = words.flatMap((word) => [row(word, "Basque language"), row(word, "Welsh dialects")]);
    const result = await examine(file(...rows), { method: "reinforcement", model: "o4-mini" });
    expect(codes(result).filter((code) => /duplicate/.test(code))).toEqual([]);
  });

  it("have their real near duplicates and duplicates found", async () => {
    const letter =
      "the blue lamp of the order from May came with a crack in its foot, the box was wet, and nobody at the shop has picked up the telephone since Tuesday";
    const rows = [...orders(40), template(letter), template(letter.replace("Tuesday", "Friday")), orders(1)[0]!];
    expect(await near(...rows)).toEqual(["42 near-duplicate", "43 exact-duplicate"]);
    // And among thousands, where the file is only sampled.
    const many = [...orders(9000), template(letter), template(letter.replace("Tuesday", "Friday"))];
    expect(await near(...many)).toEqual(["9002 near-duplicate"]);
  });

  it("are no leak into the validation file, but what stands in both is", async () => {
    const training = datasetFile(file(...orders(12)));
    const options = { role: "validation", compareWith: training } as const;
    const clean = await examine(file(...orders(3, 5850)), options);
    expect([codes(clean), clean.overlap]).toEqual([[], { exact: 0, near: 0 }]);
    const letter =
      "a parcel that was left at the neighbour's door in the rain, with a torn label and no note about who had brought it there";
    const trained = datasetFile(file(...orders(40), template(letter)));
    const leaking = await examine(file(orders(1)[0]!, template(letter.replace("rain", "snow"))), {
      ...options,
      compareWith: trained,
    });
    expect(codes(leaking)).toEqual(["1 in-training-too", "2 nearly-in-training-too"]);
  });

  it("are compared alike in every order of checks", async () => {
    const trained = datasetFile(file(...orders(40)));
    const validation = datasetFile(file(...orders(5, 9000)));
    const check = () => examine("", { path: validation, role: "validation", compareWith: trained });
    const alone = await check();
    await examine(file(...orders(40)));
    await examine(file(...validRows(20)));
    expect(await check()).toEqual(alone);
  });
});

describe("images", () => {
  const png = (seed: number) =>
    `data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${Buffer.from(`${seed}`.repeat(40)).toString("base64").slice(0, 40)}${"A".repeat(400)}`;
  const ask = (url: string, question = "What is to be seen in this picture of the harbour, from left to right?") =>
    JSON.stringify({
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: question },
            { type: "image_url", image_url: { url } },
          ],
        },
        { role: "assistant", content: "Boats." },
      ],
    });

  it("are compared by their bytes or their address, not by their letters", async () => {
    const different = [1, 2, 3, 4].flatMap((seed) => [
      ask(png(seed)),
      ask(`https://contoso.com/harbour/pictures/2026/${seed}.png`),
    ]);
    expect(codes(await examine(file(...different))).filter((code) => /duplicate/.test(code))).toEqual([]);
  });

  it("make near duplicates where they are the same", async () => {
    const rows = [
      ask(png(1)),
      ask(png(1), "What is to be seen in this picture of the harbour, from right to left?"),
      ask(png(1)),
    ];
    expect(codes(await examine(file(...validRows(12), ...rows))).filter((code) => /duplicate/.test(code))).toEqual([
      "14 near-duplicate",
      "15 exact-duplicate",
    ]);
  });
});

describe("overlap of validation and training", () => {
  const training = datasetFile(file(...rows, told()));
  it("is an error word for word, and a warning nearly", async () => {
    const lines = [
      rows[3]!,
      told((text) => text.replace("evening", "morning")),
      chat(["user", "New?"], ["assistant", "Entirely new."]),
    ];
    const result = await examine(file(...lines), { role: "validation", compareWith: training });
    expect(codes(result)).toEqual(["1 in-training-too", "2 nearly-in-training-too"]);
    expect(result.overlap).toEqual({ exact: 1, near: 1 });
    expect(result.report.errors[0]!.message).toContain("on line 4");
  });

  it("is left aside when the training file can't be read, which is that file's own error", async () => {
    const result = await examine(rows[0]!, { role: "validation", compareWith: "missing.jsonl" });
    expect([result.report.errorCount, result.overlap]).toEqual([0, undefined]);
  });
});
