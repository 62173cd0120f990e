import { describe, expect, it } from '@jest/globals';
import { importContent } from '../../../newsroom/import/import.ts';
import { printReport } from '../../../newsroom/import/print.ts';
import { DatabaseFailure } from '../../../subgraphs/store/databaseFailure.ts';
import { fileOf } from '../../support/importFiles.ts';
import { memoryStores } from '../../support/memoryStores.ts';

const head =
  'email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers';

async function bring(rows: string[], stores = memoryStores()) {
  const path = fileOf('members.csv', `\uFEFF${[head, ...rows].join('\r\n')}\r\n`);
  return { stores, report: await importContent({ path, stores, by: 'test' }) };
}

describe('a Ghost members CSV', () => {
  it('becomes members with their status, tiers and labels', async () => {
    const { stores } = await bring([
      'Ana@News.example,Ana,"said ""hi"", once",true,false,cus_1,2021-11-11T01:27:02.016Z,,"a, b","Gold Plus,Silver"',
      'bo@news.example,,,true,true,,2021-11-11T01:27:02.016Z,2022-01-01T00:00:00.000Z,,Gold',
      'cy@news.example,,,true,false,,2021-11-11T01:27:02.016Z,,,',
    ]);
    expect([...stores.kept.members.values()].map(({ content }) => content)).toEqual([
      {
        sourceId: 'ghost-member:ana@news.example',
        email: 'Ana@News.example',
        name: 'Ana',
        status: 'PAID',
        tierSlugs: ['gold-plus', 'silver'],
        stripeCustomerId: 'cus_1',
        labels: ['a', 'b'],
        note: 'said "hi", once',
        memberSince: new Date('2021-11-11T01:27:02.016Z'),
      },
      expect.objectContaining({ status: 'COMPED', deletedAt: new Date('2022-01-01') }),
      expect.objectContaining({ status: 'FREE' }),
    ]);
  });

  it('skips broken rows by their number, and names no address anywhere', async () => {
    const { report, stores } = await bring([
      'ana@news.example,,,,,,2021-11-11,,,',
      'ANA@news.example,,,,,,2021-11-12,,,',
      'secret person,,,,,,2021-11-12,,,',
      'bo@news.example,,,,,,yesterday,,,',
      'cy@news.example',
    ]);
    expect(report.skipped.map(({ record, reason }) => `${record}: ${reason}`)).toEqual([
      'row 3: Expected each address once, but it stands in row 2 already.',
      'row 4: Expected an e-mail address, but got: another text.',
      'row 5: Expected "created_at" to be a date such as 2024-05-31T12:00:00Z, but got: "yesterday".',
    ]);
    expect(stores.kept.members.size).toBe(2);
    expect(JSON.stringify(report) + printReport(report)).not.toMatch(/@|secret/);
  });

  it('takes members without a date, who join now, and says how many', async () => {
    const file = (content: string) => importContent({ path: fileOf('m.csv', content), stores, by: 'test' });
    const stores = memoryStores();
    const report = await file('email\nana@news.example\nbo@news.example\n');
    expect(report.counts.member).toMatchObject({ created: 2, skipped: 0 });
    expect(report.notes).toEqual([
      {
        note: 'Members without "created_at" join now, or stay since when they joined: 2.',
        records: ['m.csv'],
      },
    ]);
  });

  it('reads the tiers and gifts of Ghost 6', async () => {
    const path = fileOf(
      'm.csv',
      'email,stripe_customer_id,import_tier,gift_id\na@x.example,,Gold,\nb@x.example,cus_1,Gold,\nc@x.example,,,g1\n',
    );
    const stores = memoryStores();
    const { notes } = await importContent({ path, stores, by: 'test' });
    const standing = [...stores.kept.members.values()].map(({ content }) => [
      content.status,
      content.tierSlugs,
    ]);
    expect(standing).toEqual([
      ['COMPED', ['gold']],
      ['PAID', ['gold']],
      ['GIFT', undefined],
    ]);
    expect(notes[0]).toEqual({
      note: 'What a gift gives stands in Ghost alone, so the member has no tier.',
      records: ['row 4'],
    });
  });

  it('keeps what stands before a quote that is never closed, and reports the rest', async () => {
    const row = (number: number) => `m${number}@news.example,,,,,,2021-11-11,,,`;
    const rows = Array.from({ length: 1600 }, (_, number) => row(number));
    const { stores, report } = await bring([...rows, 'bo@news.example,"Bo,,,,,2021-11-11,,,', row(9999)]);
    expect(stores.kept.members.size).toBe(1600);
    expect(report.counts.member).toMatchObject({ created: 1600, skipped: 1 });
    expect(report.skipped).toEqual([
      {
        kind: 'member',
        record: 'row 1602 and what follows',
        reason: 'Expected a row of CSV, but a quote is never closed (CSV_QUOTE_NOT_CLOSED).',
      },
    ]);
    expect(printReport(report)).toContain('member row 1602 and what follows: Expected a row of CSV');
    expect(JSON.stringify(report)).not.toContain('@');
  });

  it('says where rows stand within a quote that is closed too late', async () => {
    const { stores, report } = await bring([
      'ana@news.example,,,,,,2021-11-11,,,',
      'bo@news.example,"Bo,,,,,2021-11-11,,,',
      'cy@news.example,,,,,,2021-11-11,,,',
      'di@news.example,,,,,,2021-11-11,,"a, b",x,y,z,2021-11-11',
      'ed@news.example,,"one\ntwo",,,,2021-11-11,,,',
    ]);
    expect(stores.kept.members.size).toBe(2);
    expect(report.skipped).toEqual([
      {
        kind: 'member',
        record: 'row 3',
        reason: 'Expected "name" to stand on one line, but got 3: a quote is closed too late, or never.',
      },
    ]);
  });

  it('gives up on a quote that is longer than any record, and takes nothing from within it', async () => {
    const row = (number: number) => `m${number}@news.example,,,,,,2021-11-11,,,`;
    const { stores, report } = await bring([
      row(1),
      `x@news.example,"${'x\n'.repeat(10_000_010)}",,,,,2021-11-11,,,`,
      row(2),
    ]);
    expect(stores.kept.members.size).toBe(1);
    expect(report.skipped).toEqual([
      {
        kind: 'member',
        record: 'row 3 and what follows',
        reason: 'Expected a row of CSV, but it is longer than any record (CSV_MAX_RECORD_SIZE).',
      },
    ]);
  });

  it('is refused as a whole where not one row can be read', async () => {
    await expect(bring(['bo@news.example,"Bo,,,,,2021-11-11,,,'])).rejects.toThrow(
      'Expected "members.csv" to be a Ghost members CSV file, but it cannot be read after row 1 (CSV_QUOTE_NOT_CLOSED).',
    );
  });

  it('puts five hundred members in one transaction', async () => {
    const { stores } = await bring(
      Array.from({ length: 1100 }, (_, number) => `m${number}@news.example,,,,,,2021-11-11,,,`),
    );
    expect(stores.calls.map(({ size }) => size)).toEqual([500, 500, 100]);
  });

  it('names no address when a store refuses with words of its own', async () => {
    const stores = memoryStores({
      refuse: (_, item) =>
        'email' in item && item.email === 'bo@news.example'
          ? new DatabaseFailure('23505', `insert ${item.email}`)
          : undefined,
    });
    const { report } = await bring(
      ['ana@news.example,,,,,,2021-11-11,,,', 'bo@news.example,,,,,,2021-11-11,,,'],
      stores,
    );
    expect(report.skipped).toEqual([
      {
        kind: 'member',
        record: 'row 3',
        reason: 'Expected the store to take it, but it refused with 23505.',
      },
    ]);
  });
});
