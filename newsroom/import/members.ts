/** Imports a Ghost members CSV into Membership. Rows are named by number: messages never have an e-mail address. */
import { type MemberContent, sourceIdOfAddress } from '../../subgraphs/membership/content.ts';
import { slugOf } from '../../subgraphs/store/slug.ts';
import { readCsv } from './csv.ts';
import type { Importing } from './importing.ts';
import { putReporting } from './putting.ts';
import { cleanText, dateField, RecordError, type SourceRecord, textField } from './records.ts';
import { nameOf } from './source.ts';

const batchSize = 500;
/** Columns that Ghost writes without line breaks; only a note may have some. */
const singleLines = [
  'email',
  'name',
  'stripe_customer_id',
  'created_at',
  'deleted_at',
  'labels',
  'tiers',
  'import_tier',
  'gift_id',
];

export async function importMembers({ file, stores, by, reporter, onBytes }: Importing): Promise<void> {
  const rowOf = new Map<string, number>();
  let undated = 0;
  let batch: MemberContent[] = [];
  const write = async () => {
    await putReporting(batch, {
      put: stores.membership.putMembers,
      by,
      kind: 'member',
      reporter,
      nameOf: ({ sourceId }) => `row ${rowOf.get(sourceId)}`,
    });
    batch = [];
  };
  const note = (text: string) => reporter.note(text, nameOf(file));
  const options = { expected: 'a Ghost members CSV file', columns: ['email'], onBytes, note };
  const broken = await readCsv(file, options, async (row, number) => {
    try {
      const member = readMember(row);
      const first = rowOf.get(member.sourceId);
      if (first !== undefined)
        throw new RecordError(`Expected each address once, but it stands in row ${first} already.`);
      rowOf.set(member.sourceId, number);
      if (!member.memberSince) undated += 1;
      if (member.status === 'GIFT' && !member.tierSlugs)
        reporter.note('What a gift gives stands in Ghost alone, so the member has no tier.', `row ${number}`);
      batch.push(member);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      reporter.skip('member', `row ${number}`, error.message);
    }
    if (batch.length >= batchSize) await write();
  });
  await write();
  if (undated > 0) reporter.note(undatedNote(undated), nameOf(file));
  if (broken) reporter.skip('member', broken.record, broken.reason);
}

const undatedNote = (count: number) =>
  `Members without "created_at" join now, or stay since when they joined: ${count.toLocaleString('en-GB')}.`;

/** The member of a row. Throws a RecordError, without the address, for an invalid row. */
export function readMember(row: SourceRecord): MemberContent {
  for (const column of singleLines) {
    const lines = (textField(row, column) ?? '').split('\n').length;
    // Rows inside such a field would be lost without a message.
    if (lines > 1)
      throw new RecordError(
        `Expected "${column}" to stand on one line, but got ${lines}: a quote is closed too late, or never.`,
      );
  }
  const email = textField(row, 'email');
  if (!email) throw new RecordError('Expected an e-mail address, but got: none.');
  // The address is not in the message, which people and logs see.
  if (!/^[^\s@<>,;]{1,64}@[^\s@<>,;]{1,190}\.[^\s@<>,;.]{2,63}$/.test(email))
    throw new RecordError('Expected an e-mail address, but got: another text.');
  const memberSince = dateField(row, 'created_at');
  const deletedAt = dateField(row, 'deleted_at');
  // Ghost 6 has a column of its own for the tier of a gift.
  const tierSlugs = [...new Set([...listField(row, 'tiers'), ...listField(row, 'import_tier')])].map(slugOf);
  const isGift = textField(row, 'gift_id') !== undefined;
  const labels = listField(row, 'labels');
  const isComplimentary = /^(?:true|1|yes)$/i.test(textField(row, 'complimentary_plan') ?? '');
  const name = textField(row, 'name');
  const note = textField(row, 'note');
  const stripeCustomerId = textField(row, 'stripe_customer_id');
  return {
    sourceId: sourceIdOfAddress(email),
    email,
    ...(name ? { name } : {}),
    status: isGift
      ? 'GIFT'
      : isComplimentary || isComped(row)
        ? 'COMPED'
        : tierSlugs.length > 0
          ? 'PAID'
          : 'FREE',
    ...(tierSlugs.length > 0 ? { tierSlugs } : {}),
    ...(stripeCustomerId ? { stripeCustomerId } : {}),
    ...(labels.length > 0 ? { labels } : {}),
    ...(note ? { note } : {}),
    ...(memberSince ? { memberSince } : {}),
    ...(deletedAt ? { deletedAt } : {}),
  };
}

/** Whether the tier is complimentary: the member has no Stripe customer. */
const isComped = (row: SourceRecord): boolean =>
  listField(row, 'import_tier').length > 0 && textField(row, 'stripe_customer_id') === undefined;

/** A list: comma-separated in a file, an array in a webhook. */
function listField(row: SourceRecord, name: string): string[] {
  const value = row[name];
  const listed = Array.isArray(value) ? value.map(String) : (textField(row, name) ?? '').split(',');
  const items = listed.map((item) => cleanText(item).trim());
  return [...new Set(items.filter(Boolean))];
}
