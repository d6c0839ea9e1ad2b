import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { sizeOf, sizeOfDataUrl } from "../../../datasets/rows/image-size";
import { imageTokens } from "../../../datasets/rows/image-tokens";
import { examine } from "../examine";

const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const u16 = (value: number) => [value >> 8, value & 255];
const little = (value: number, bytes: number) => Array.from({ length: bytes }, (_, at) => (value >> (8 * at)) & 255);
const ascii = (text: string) => [...Buffer.from(text, "latin1")];

const riff = (chunk: string, body: number[]) =>
  Buffer.from([
    ...ascii("RIFF"),
    0,
    0,
    0,
    0,
    ...ascii("WEBP"),
    ...ascii(chunk),
    0,
    0,
    0,
    0,
    ...body,
    ...Array<number>(16).fill(0),
  ]);
/** @param before - bytes of a segment in front of the frame, as a colour profile is. */
const jpeg = (width: number, height: number, frame = 0xc0, before = 14) =>
  Buffer.from([
    ...[0xff, 0xd8, 0xff, 0xe0, ...u16(before + 2), ...Array<number>(before).fill(0xff), 0xff],
    ...[0xff, frame, ...u16(17), 8, ...u16(height), ...u16(width), 3, 1, 0x22, 0],
  ]);
const png = (width: number, height: number) =>
  Buffer.from([
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    0,
    0,
    0,
    13,
    ...ascii("IHDR"),
    ...u32(width),
    ...u32(height),
    8,
    6,
  ]);
const dataUrl = (bytes: Buffer, type = "png") => `data:image/${type};base64,${bytes.toString("base64")}`;

describe("the size of an image", () => {
  const headers: [string, (width: number, height: number) => Buffer][] = [
    ["PNG", png],
    ["JPEG", jpeg],
    ["progressive JPEG", (width, height) => jpeg(width, height, 0xc2)],
    ["JPEG with a long profile", (width, height) => jpeg(width, height, 0xc0, 65_000)],
    ["lossy WEBP", (w, h) => riff("VP8 ", [0, 0, 0, 0x9d, 0x01, 0x2a, ...little(w, 2), ...little(h, 2)])],
    ["lossless WEBP", (w, h) => riff("VP8L", [0x2f, ...little((w - 1) | ((h - 1) << 14), 4)])],
    ["extended WEBP", (w, h) => riff("VP8X", [0, 0, 0, 0, ...little(w - 1, 3), ...little(h - 1, 3)])],
  ];
  it.each(headers)("is read from the header of %s", (_, header) => {
    const side = fc.integer({ min: 1, max: 16_383 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        expect(sizeOfDataUrl(dataUrl(header(width, height)))).toEqual({ width, height });
      }),
      { numRuns: 30 },
    );
  });

  it("is unknown where it can't be read, whatever the bytes are", () => {
    expect(sizeOfDataUrl("https://example.com/cat.png")).toBeUndefined();
    expect(sizeOfDataUrl("data:image/png;base64,iVBORw0KGgo=")).toBeUndefined();
    expect(sizeOf(png(0, 5))).toBeUndefined();
    for (const [, header] of headers) {
      const whole = header(640, 480);
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (length, at) => {
          const broken = Buffer.from(whole.subarray(0, length));
          if (at < broken.length) broken[at] = broken[at]! ^ 0xff;
          expect(() => sizeOf(broken)).not.toThrow();
        }),
      );
    }
  });
});

describe("tokens of an image", () => {
  // OpenAI's documented examples, then what the API was seen to bill (community.openai.com/t/1281361 and /t/1262691, less the text).
  it.each<[string, string, number, number, boolean, number]>([
    ["documented", "gpt-4o-2024-08-06", 1024, 1024, false, 765],
    ["documented", "gpt-4o-2024-08-06", 2048, 4096, false, 1105],
    ["documented", "gpt-4o-2024-08-06", 4096, 8192, true, 85],
    ["documented", "gpt-4o-mini-2024-07-18", 1024, 1024, false, 25_501],
    ["documented", "gpt-4.1-mini-2025-04-14", 1024, 1024, false, 1659],
    ["documented: 1,452 patches", "gpt-4.1-mini-2025-04-14", 1800, 2400, false, 2353],
    ["seen", "gpt-4.1-2025-04-14", 2049, 513, false, 1445],
    ["seen", "gpt-4.1-2025-04-14", 2050, 513, false, 765],
    ["seen", "gpt-4o-2024-08-06", 128, 64, false, 255],
    ["seen", "gpt-4o-mini-2024-07-18", 128, 64, false, 8500],
    ["seen", "gpt-4o-mini-2024-07-18", 128, 64, true, 2833],
    ["seen", "gpt-4.1-mini-2025-04-14", 128, 64, false, 13],
    ["seen: detail low changes nothing", "gpt-4.1-nano-2025-04-14", 128, 64, true, 20],
  ])("%s: %s, %d x %d, low %s", (_, model, width, height, low, tokens) => {
    expect(imageTokens(model, { width, height }, low)).toBe(tokens);
  });

  it("never need more than 1,536 patches, nor eight tiles, and don't change when the image is turned", () => {
    const side = fc.integer({ min: 1, max: 60_000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        expect(imageTokens("gpt-4.1-mini", { width, height })).toBeLessThanOrEqual(Math.ceil(1536 * 1.62));
        expect(imageTokens("gpt-4o", { width, height })).toBeLessThanOrEqual(85 + 8 * 170);
        for (const model of ["gpt-4.1-mini", "gpt-4o"])
          expect(imageTokens(model, { width, height })).toBe(imageTokens(model, { width: height, height: width }));
      }),
    );
  });

  it.each<[string, string, object, number]>([
    ["by the size that the row holds", "gpt-4o", { url: dataUrl(png(512, 512)) }, 255],
    ["by the rule of the model", "gpt-4.1-mini", { url: dataUrl(jpeg(512, 512), "jpeg") }, 415],
    ["765 where the size is unknown", "gpt-4o", { url: "https://example.com/cat.png" }, 765],
    ["low", "gpt-4.1", { url: dataUrl(png(4000, 3000)), detail: "low" }, 85],
  ])("are counted in a row: %s", async (_, model, image, tokens) => {
    const count = async (content: object[]) => {
      const messages = [
        { role: "user", content },
        { role: "assistant", content: "A cat." },
      ];
      const options = { model, role: "validation" } as const;
      return (await examine(JSON.stringify({ messages }), options)).report.tokens.total.sum;
    };
    const text = { type: "text", text: "What is it?" };
    const without = await count([text]);
    expect((await count([text, { type: "image_url", image_url: image }])) - without).toBe(tokens);
  });
});
