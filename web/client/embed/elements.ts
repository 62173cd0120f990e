/** Makes DOM elements of a tree, with textContent and never with innerHTML. */
import type { Tree } from '../../embed/tree.ts';

export function elementOf([tag, attributes, ...children]: Tree): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(name, `${value}`);
  for (const child of children)
    if (child !== null) element.append(typeof child === 'string' ? child : elementOf(child));
  return element;
}
