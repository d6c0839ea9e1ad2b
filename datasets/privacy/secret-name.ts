/** Names that say that the value is a secret. */
const secretNames =
  /secret|password|passphrase|token(?!i[sz])|credential|connection_?string|private_?key|api_?key|access_?key/i;
/** Names that sound so but are not. */
const harmlessNames =
  /^(maxTokens|minTokenAccuracy|oidcTokenFilePath|clientCertificatePath|trainedTokens|billedTokens)$/;

/** Whether a setting or a member of a request, by its name alone, holds a secret. */
export function soundsSecret(name: string): boolean {
  return secretNames.test(name) && !harmlessNames.test(name);
}
