/** Trees of names and values as XML. The library writes it; what it would change or refuse is seen to before. */
import { create } from 'xmlbuilder2';

export type XmlValue = string | number | null | undefined | XmlNode | readonly XmlValue[];

/** An element's attributes ("@href"), text ("#"), CDATA ("$") and children, in order; a list is the same name again. What is null is left out. */
export interface XmlNode {
  readonly [name: string]: XmlValue;
}

/** A whole document: `tree` has one name, that of its root. Text of any kind may stand in it. */
export function writeXml(tree: XmlNode): string {
  return create({ version: '1.0', encoding: 'UTF-8' }, prepared(tree) as object).end();
}

/** A long text that is mostly markup, kept readable. */
export function cdata(text: string): { $: readonly string[] } {
  // The end mark of a section is divided between two of them; what cannot be written may have kept its parts apart.
  return { $: text.replace(forbidden, '').split(/(?<=\]\])(?=>)/) };
}

/** What XML 1.0 has no way to write, half of a surrogate pair included. */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text without what XML has no way to write. */
export const legalText = (text: string): string => text.replace(forbidden, '');

function prepared(value: XmlValue, name = ''): unknown {
  if (typeof value === 'string') {
    const legal = legalText(value);
    // The library takes text as written in XML, entities and all, and then leaves what looks like an entity alone.
    return name === '$' ? legal : legal.replaceAll('&', '&amp;amp;');
  }
  if (Array.isArray(value)) return value.map((one) => prepared(one, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, prepared(child, key)]));
}
