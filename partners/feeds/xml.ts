/** Writes trees of names and values as XML, and prepares what the XML library would change or reject. */
import { create } from 'xmlbuilder2';

export type XmlValue = string | number | null | undefined | XmlNode | readonly XmlValue[];

/** Attributes ("@href"), text ("#"), CDATA ("$") and children, in order. A list repeats its name. Null is left out. */
export interface XmlNode {
  readonly [name: string]: XmlValue;
}

/** Writes a document. `tree` has one name, the root's; text may hold any characters. */
export function writeXml(tree: XmlNode): string {
  return create({ version: '1.0', encoding: 'UTF-8' }, prepared(tree) as object).end();
}

/** CDATA, which keeps long HTML readable. */
export function cdata(text: string): { $: readonly string[] } {
  // Splits "]]>" between two sections, after removing characters that may stand between its parts.
  return { $: text.replace(forbidden, '').split(/(?<=\]\])(?=>)/) };
}

/** Characters that XML 1.0 cannot hold, unpaired surrogates included. */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Removes characters that XML cannot hold. */
export const legalText = (text: string): string => text.replace(forbidden, '');

function prepared(value: XmlValue, name = ''): unknown {
  if (typeof value === 'string') {
    const legal = legalText(value);
    // The library leaves "&" alone where it looks like an entity, so that every "&" is escaped before.
    return name === '$' ? legal : legal.replaceAll('&', '&amp;amp;');
  }
  if (Array.isArray(value)) return value.map((one) => prepared(one, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, prepared(child, key)]));
}
