/** Normalises e-mail addresses for comparison. Display and delivery use the address as entered. */
import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * The comparison key of an address: the domain by UTS 46, so that full-width letters, soft hyphens and Punycode make no
 * difference; the local part in lower case, by NFKC without default ignorables. Idempotent.
 */
export function emailKeyOf(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 0) return visibleFormOf(email);
  return `${visibleFormOf(email.slice(0, at))}@${domainKeyOf(email.slice(at + 1))}`;
}

function domainKeyOf(domain: string): string {
  const ascii = domainToASCII(domain);
  // A text that is not a valid domain equals only itself.
  return ascii === '' ? visibleFormOf(domain) : domainToUnicode(ascii).normalize('NFC').replace(/\.$/, '');
}

const visibleFormOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .normalize('NFKC');

/** The delivery address: with the domain that browsers and mail programs resolve, and without invisible characters. */
export function deliveryOf(email: string): string {
  const at = email.lastIndexOf('@');
  if (/^[ -~]*$/.test(email) || at < 0) return email;
  const name = email.slice(0, at).replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return `${name}@${domainKeyOf(email.slice(at + 1))}`;
}
