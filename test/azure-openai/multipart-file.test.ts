import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { multipartFile } from "../../azure-openai/multipart-file";

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

describe("multipartFile", () => {
  it("is read back by the platform's own parser, byte for byte, and has the length it says", async () => {
    const text = fc.string({ minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 500 }),
        fc.integer({ min: 1, max: 64 }),
        text,
        async (bytes, size, name) => {
          const filename = `${name.replace(/[\\/"\u0000-\u001f\u007f-\uffff]/g, "_")}.jsonl`;
          const content = { bytes: bytes.length, chunks: pieces(bytes, size) };
          const { body, contentType, contentLength } = multipartFile(
            { purpose: "fine-tune" },
            "file",
            filename,
            content,
          );
          const raw = await new Response(body).arrayBuffer();
          expect(raw.byteLength).toBe(contentLength);
          const form = await new Response(raw, { headers: { "content-type": contentType } }).formData();
          expect(form.get("purpose")).toBe("fine-tune");
          const file = form.get("file") as File;
          expect(file.name).toBe(filename);
          expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
        },
      ),
    );
  });

  it("never closes the body when the content fails", async () => {
    async function* broken() {
      yield await Promise.resolve(Buffer.from("first"));
      throw new Error("changed");
    }
    const { body } = multipartFile({}, "file", "a.jsonl", { bytes: 10, chunks: broken() });
    await expect(new Response(body).text()).rejects.toThrow("changed");
  });

  it("keeps quotes and line ends inside the file's name", async () => {
    const { body } = multipartFile({}, "file", 'a"\r\nx: y.jsonl', { bytes: 0, chunks: pieces(new Uint8Array(), 1) });
    expect(await new Response(body).text()).toContain('filename="a%22%0D%0Ax: y.jsonl"');
  });
});
