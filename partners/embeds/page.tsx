/** An HTML page with its Content-Security-Policy: inline style and script are allowed by hash, and nothing else. */
import { createHash } from 'node:crypto';
import { type ComponentChildren, h, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Tree } from '../../web/embed/tree.ts';
import type { Theme } from './query.ts';

export interface PageParts {
  title: string;
  /** English by default. */
  lang?: string;
  dir?: 'ltr' | 'rtl';
  theme?: Theme;
  style: string;
  /** A script at the end of the page. */
  script?: string;
  /** More elements of the head. */
  head?: ComponentChildren;
  body: ComponentChildren;
}

export interface Page {
  html: string;
  /** `style-src` and `script-src` for the inline style and script. */
  allows: { 'style-src': string; 'script-src': string };
}

export function pageOf({ title, lang = 'en', dir = 'ltr', theme = 'auto', ...parts }: PageParts): Page {
  const { style, script, head, body } = parts;
  const page = (
    <html lang={lang} dir={dir} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {head}
        {verbatim('style', style)}
      </head>
      <body>
        {body}
        {script === undefined ? null : verbatim('script', script)}
      </body>
    </html>
  );
  return {
    html: `<!doctype html>${renderToString(page)}`,
    allows: { 'style-src': hashOf(style), 'script-src': script === undefined ? "'none'" : hashOf(script) },
  };
}

/** The tree of an embed as preact nodes. */
export function nodeOf([tag, attributes, ...children]: Tree): VNode {
  const drawn = children.map((child) =>
    child === null || typeof child === 'string' ? child : nodeOf(child),
  );
  return h(tag, attributes, ...drawn);
}

/** A Content-Security-Policy that allows the given sources and nothing else. */
export function policyOf(allowed: Readonly<Record<string, string>>): string {
  const all = { 'default-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'", ...allowed };
  return Object.entries(all)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/** Static text without the end tag of its element, which is checked when the page is made. */
function verbatim(tag: 'style' | 'script', text: string): ComponentChildren {
  if (text.includes(`</${tag}`)) throw new Error(`Expected a ${tag} that does not end itself, but got: one.`);
  return h(tag, { dangerouslySetInnerHTML: { __html: text } });
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
