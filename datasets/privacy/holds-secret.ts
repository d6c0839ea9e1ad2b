import { looseForms, secretForms } from "./secret-forms";

/** Whether a text holds a secret in any of the forms that secret-forms.ts knows. */
export function holdsSecret(text: string): boolean {
  return secretForms.some(({ pattern, accepts }) => {
    for (const [match, secret = ""] of text.matchAll(pattern)) if (!accepts || accepts(match, secret)) return true;
    return false;
  });
}

/** Whether a value, as a whole, is an account key, a JSON Web Token or a connection string with a key: forms that prose may have too. */
export function isBareKey(value: string): boolean {
  const { oldAccountKey, newAccountKey, accountKey, webToken } = looseForms;
  const whole = [oldAccountKey, newAccountKey].some((form) => value.replace(form, "") === "");
  return whole || [accountKey, webToken].some((form) => value.replace(form, "") !== value);
}
