/**
 * Forms in which credentials appear: the last line of defence for text that others wrote (error messages, warnings). What is shown of
 * resources is chosen property by property and does not depend on it.
 */
const forms: RegExp[] = [
  /\beyJ[\w-]{8,}\.[\w-]+\.?[\w-]*/g, // JSON Web Token
  /\b(?:sk|pk|rk|ghp|gho|ghs|ghr|pul|xox[abp])[-_][\w-]{12,}/g, // API tokens of OpenAI, GitHub, Pulumi, Slack
  /\bgithub_pat_\w{20,}/g,
  /\b(?:AccountKey|SharedAccessKey|sig|client_secret|password|pwd|token|secret|api[-_]?key)\s*[=:]\s*"?[^\s"&;,}]{6,}/gi,
  /\bBearer\s+[\w.~+/-]{12,}=*/gi,
  /(?<![\w-])[\w~.-]{3}8Q~[\w~.-]{31,37}/g, // client secret of a Microsoft Entra application
  /(?<![\w-])[0-9a-f]{32}(?![\w-])/gi, // key of an Azure AI account, old form
  /(?<![\w/+-])[A-Za-z0-9]{84}(?![\w/+-])/g, // key of an Azure AI account, new form
  /(?<![\w/+])[A-Za-z0-9/+]{86}==/g, // key of a storage account
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/** Text with everything that looks like a credential replaced by `[hidden]`. */
export function withoutSecrets(text: string): string {
  return forms.reduce((shown, form) => shown.replace(form, "[hidden]"), text);
}
