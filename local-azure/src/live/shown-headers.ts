import type { ShownHeader } from "./shapes";

/** Headers whose values tell how a client asks or is answered, and can hold no secret. Every other value is hidden. */
const SHOWN = [
  /^(accept|accept-encoding|accept-language|connection|content-length|content-type|expect|host|if-match|if-none-match|prefer|range|te|traceparent)$/,
  /^(transfer-encoding|user-agent|x-ms-client-request-id|x-ms-return-client-request-id|x-ms-correlation-request-id|x-ms-date|x-ms-useragent)$/,
  /^(apim-request-id|date|etag|retry-after|retry-after-ms|x-ms-error-code|x-ms-region|x-ms-request-id|x-ms-retry-after-ms|x-request-id)$/,
  /^(aoai-copy-ft-checkpoints|openai-.*|x-ms-ratelimit-.*|x-ratelimit-.*|x-stainless-.*|x-openai-.*)$/,
];
const LONGEST = 300;

/** Headers as the page shows them. */
export function shownHeaders(headers: Record<string, number | string | string[] | undefined>): ShownHeader[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const text = Array.isArray(value) ? value.join(", ") : String(value);
    const shown = SHOWN.some((pattern) => pattern.test(name));
    return [shown ? { name, value: text.slice(0, LONGEST) } : { name, value: described(name, text), hidden: true }];
  });
}

/** `Bearer, 1,203 characters` */
function described(name: string, text: string): string {
  const scheme = name === "authorization" ? /^(basic|bearer)(?= )/i.exec(text)?.[1] : undefined;
  return [scheme, `${text.length} characters`].filter(Boolean).join(", ");
}
