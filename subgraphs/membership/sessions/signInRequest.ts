/** Validates sign-in requests. No error repeats an address. */
import { badInput, quoted } from '../../errors.ts';

/**
 * An address that mail servers accept (RFC 5321 section 4.5.3.1), without characters that would make it two addresses
 * or a header.
 */
const addressForm = /^[^\s@<>,;:"\\()[\]]{1,64}@[^\s@<>,;:"\\()[\]]{1,190}\.[^\s@<>,;:"\\()[\].]{2,63}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are rejected.
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** An e-mail address, trimmed. */
export function emailOf(text: string): string {
  const email = text.length <= 400 ? text.trim() : '';
  if (addressForm.test(email) && email.length <= 254 && !control.test(email)) return email;
  throw badInput('Expected "email" to be an e-mail address, but got: another value.');
}

const longestPath = 1000;

/** A path on our own site to return to; undefined if not given. */
export function returnPathOf(text: string | null | undefined, publicUrl: string): string | undefined {
  if (text == null) return undefined;
  const isPath = text.length <= longestPath && /^\/(?![/\\])[^\s\\]*$/.test(text) && !control.test(text);
  if (
    isPath &&
    URL.canParse(text, publicUrl) &&
    new URL(text, publicUrl).origin === new URL(publicUrl).origin
  )
    return text;
  throw badInput(
    `Expected "returnTo" to be a path on our site, such as "/articles/one", but got: ${quoted(text)}.`,
  );
}
