/** Makes elements of a tree: words by textContent, never by HTML. */
import type { Tree } from '../../embed/tree.ts';

export function elementOf([tag, attributes, ...children]: Tree): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(name, `${value}`);
  for (const child of children)
    if (child !== null) element.append(typeof child === 'string' ? child : elementOf(child));
  return element;
}
