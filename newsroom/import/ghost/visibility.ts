/** The audience of a card in Ghost's editor, in each form that Ghost has stored. */
import { gatedHtml } from '../../../subgraphs/articles/html/audience.ts';
import { isNode, type LexicalNode, type Note, text } from './lexicalNode.ts';

export const mailOnly = 'A card that only e-mails show was left out.';

const allMembers = 'status:free,status:-free';
const known = new Set(['web', 'email', 'showOnWeb', 'showOnEmail', 'emailOnly', 'segment']);

/** The HTML of a card, enclosed in Ghost's marks unless all readers see it; empty when only e-mails show it. */
export function withVisibility(node: LexicalNode, html: string, note: Note): string {
  // The paywall marker applies to all readers.
  if (node.type === 'paywall') return html;
  const { nonMember, memberSegment } = webAudience(node);
  if (nonMember && memberSegment === allMembers) return html;
  if (html === '') return '';
  if (isMailOnly(node)) {
    note(mailOnly);
    return '';
  }
  return gatedHtml(html, nonMember, memberSegment);
}

interface WebAudience {
  nonMember: boolean;
  memberSegment: string;
}

const all: WebAudience = { nonMember: true, memberSegment: allMembers };
const nobody: WebAudience = { nonMember: false, memberSegment: '' };

/** A card of an unknown form is shown to nobody. `segment` concerns e-mails only. */
function webAudience({ type, visibility }: LexicalNode): WebAudience {
  if (visibility === undefined || visibility === null)
    // Ghost's default for this card.
    return type === 'transistor' ? { nonMember: false, memberSegment: allMembers } : all;
  if (!isNode(visibility) || Object.keys(visibility).some((name) => !known.has(name))) return nobody;
  const { web, showOnWeb, emailOnly } = visibility;
  if (!isOff(emailOnly) || !isOn(showOnWeb)) return nobody;
  if (web === undefined || web === null) return all;
  return isNode(web)
    ? { nonMember: web.nonMember === true, memberSegment: text(web, 'memberSegment') }
    : nobody;
}

/** Whether a card is meant for e-mails only, as opposed to an unknown audience. */
function isMailOnly({ visibility }: LexicalNode): boolean {
  if (!isNode(visibility)) return false;
  const { web, showOnWeb, emailOnly } = visibility;
  if (showOnWeb === false || emailOnly === true) return true;
  return isNode(web) && web.nonMember === false && web.memberSegment === '';
}

const isOn = (value: unknown) => value === undefined || value === null || value === true;
const isOff = (value: unknown) => value === undefined || value === null || value === false;
