/** Width and height in pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/** In base64: it has nearly every header, so that a large image need not be decoded. */
const USUAL_HEADER = 1 << 16;

/**
 * Size of an image in a `data:` address, from the header of the three formats that the service takes (PNG, JPEG, WEBP); undefined for
 * other addresses and for what is no such header. A JPEG may be turned by its orientation, which no rule of tokens minds.
 */
export function sizeOfDataUrl(url: string): ImageSize | undefined {
  const data = /^data:[^;,]*;base64,/i.exec(url);
  if (!data) return undefined;
  const start = data[0].length;
  const size = sizeOf(Buffer.from(url.slice(start, start + USUAL_HEADER), "base64"));
  // A colour profile or a preview may come before the size.
  if (size || url.length <= start + USUAL_HEADER) return size;
  return sizeOf(Buffer.from(url.slice(start), "base64"));
}

/** Size of an image from its first bytes. */
export function sizeOf(bytes: Buffer): ImageSize | undefined {
  const size = pngSize(bytes) ?? webpSize(bytes) ?? jpegSize(bytes);
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

/** Signature, then the chunk IHDR (PNG specification, 11.2.2). */
function pngSize(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 24 || bytes.readUInt32BE(0) !== 0x89504e47 || bytes.toString("latin1", 12, 16) !== "IHDR")
    return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** RIFF with a lossy, lossless or extended first chunk (WebP container specification; RFC 6386 and the lossless bitstream's). */
function webpSize(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 30 || bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WEBP")
    return undefined;
  switch (bytes.toString("latin1", 12, 16)) {
    case "VP8 ":
      if (bytes.readUIntBE(23, 3) !== 0x9d012a) return undefined;
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case "VP8L": {
      if (bytes[20] !== 0x2f) return undefined;
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

/** Segments up to the start of a frame, SOF0 to SOF15 (ITU-T T.81, table B.1). */
function jpegSize(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    // Pixels or the end before any frame.
    if (marker === 0xda || marker === 0xd9) return undefined;
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}
