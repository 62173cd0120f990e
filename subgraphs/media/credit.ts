/** Who made a picture or a video, in one line that is never empty. */

/** Nobody is named where this is shown. */
const unknownCredit = 'Credit unknown';

export interface CreditParts {
  creatorName?: string | null;
  agency?: string | null;
  provider?: string | null;
}

/**
 * "Creator/Agency via Provider" of the parts that are known: "Bloomberg via Getty Images", "via Getty
 * Images", "Credit unknown".
 */
export function creditTextOf({ creatorName, agency, provider }: CreditParts): string {
  const makers = [creatorName, agency].flatMap((part) => creditPart(part) ?? []).join('/');
  const through = creditPart(provider);
  return [makers, through && `via ${through}`].filter(Boolean).join(' ') || unknownCredit;
}

/** A part of a credit on one line; null where it names nobody ("", " - "). */
export function creditPart(part: string | null | undefined): string | null {
  if (part == null || !/[\p{Letter}\p{Number}]/u.test(part)) return null;
  return part.replace(/[\s\p{Control}]+/gu, ' ').trim();
}

/** Whether anybody is named. */
export function isCreditKnown({ creatorName, agency, provider }: CreditParts): boolean {
  return [creatorName, agency, provider].some((part) => creditPart(part) !== null);
}
