/** Zod schemas of setting values that several programs read: numbers, addresses, secrets. */
import { z } from 'zod';

export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().int().min(least).max(most));

/** A URL with one of these protocols, such as "https:". */
export const urlOf = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol));

/** An http or https URL, without trailing slashes. */
export const webAddress = urlOf('http:', 'https:').transform((text) => text.replace(/\/+$/, ''));

/** One secret of at least 32 characters; two during a rotation. */
export const secretList = z
  .string()
  .transform((text) => text.split(',').map((secret) => secret.trim()))
  .pipe(z.array(z.string().min(32)).min(1).max(2));

export const trueOrFalse = z.enum(['true', 'false']);
