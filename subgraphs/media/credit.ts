/** The credit of a picture or a video as one line, which is never empty. */

/** Shown if nobody is named. */
const unknownCredit = 'Credit unknown';

export interface CreditParts {
  creatorName?: string | null;
  agency?: string | null;
  provider?: string | null;
}

/**
 * "Creator/Agency via Provider" with the known parts: "Bloomberg via Getty Images", "via Getty Images", "Credit
 * unknown".
 */
export function creditTextOf({ creatorName, agency, provider }: CreditParts): string {
  const makers = [creatorName, agency].flatMap((part) => creditPart(part) ?? []).join('/');
  const viaProvider = creditPart(provider);
  return [makers, viaProvider && `via ${viaProvider}`].filter(Boolean).join(' ') || unknownCredit;
}

/** A part of a credit on one line; null if it names nobody ("", " - "). */
export function creditPart(part: string | null | undefined): string | null {
  if (part == null || !/[\p{Letter}\p{Number}]/u.test(part)) return null;
  return part.replace(/[\s\p{Control}]+/gu, ' ').trim();
}

/** Whether the credit names anybody. */
export function isCreditKnown({ creatorName, agency, provider }: CreditParts): boolean {
  return [creatorName, agency, provider].some((part) => creditPart(part) !== null);
}
