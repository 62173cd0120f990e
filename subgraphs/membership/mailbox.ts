/** One mailbox has many spellings: the form in which two addresses are compared. What somebody typed is what is shown and mailed to. */
import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * The domain as UTS 46 has it, so that full-width letters, soft hyphens and Punycode make no difference; and of the part before it
 * what can be seen (NFKC, no default ignorables), in lower case. The key of a key is the key.
 */
export function emailKeyOf(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 0) return seen(email);
  return `${seen(email.slice(0, at))}@${domainKeyOf(email.slice(at + 1))}`;
}

function domainKeyOf(domain: string): string {
  const ascii = domainToASCII(domain);
  // What is no domain is only like itself.
  return ascii === '' ? seen(domain) : domainToUnicode(ascii).normalize('NFC').replace(/\.$/, '');
}

const seen = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .normalize('NFKC');

/** Where mail for an address goes: to the domain that browsers and mail programs take it for, and to nothing that cannot be seen. */
export function deliveryOf(email: string): string {
  const at = email.lastIndexOf('@');
  if (/^[ -~]*$/.test(email) || at < 0) return email;
  const name = email.slice(0, at).replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return `${name}@${domainKeyOf(email.slice(at + 1))}`;
}
