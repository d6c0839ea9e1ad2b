/*
 * What the service takes as images of a chat: up to 20 MB each and 10 in one call (MicrosoftDocs/azure-ai-docs,
 * gpt-with-vision-input-limitations.md, 2026-04-13). The formats are those of its guide to vision fine-tuning, so that what is asked can be
 * saved as an example, too: PNG, JPEG, WebP.
 */

export const mostImageBytes = 20 * 1024 * 1024;
/** In all messages of a call together. */
export const mostImages = 10;
export const imageTypes = ["image/png", "image/jpeg", "image/webp"];

/** An address of an image as a chat takes it. */
export const imageAddress = /^(https?:\/\/\S+|data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2})$/;

/** What the playground's server takes in one request: a conversation with its images in base64, or a setup with those of its examples. */
export const mostRequestBytes = 64 * 1024 * 1024;
