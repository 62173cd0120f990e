/** Executes `npm run token`. */
import { StartError } from '../../kit/startError.ts';
import { keyStart, makeKey } from './key.ts';
import type { Change } from './order.ts';
import type { KeyRow, KeyStore, PartnerRow } from './store.ts';

/** The lines to print, which contain the new key. Rejects with a StartError when the command cannot be executed. */
export function carryOut(store: KeyStore, order: Change, now: Date): Promise<string[]> {
  const { name } = order;
  return store.change(name, async (partners) => {
    const existing = await partners.find();
    if (!existing && order.does !== 'issue')
      throw new StartError(`Expected an existing partner, but got: ${name}. --list shows all.`);
    if (order.does === 'revoke') {
      const ended = existing ? await partners.revokeKeys(existing, now) : [];
      return [revoked(name, ended)];
    }
    const { terms, overlapMs } = order;
    const partner = existing ? await partners.setTerms(existing, terms) : await partners.create(terms, now);
    const hasKey = await partners.hasKey(partner, now);
    if (hasKey && order.does === 'issue') {
      if (Object.keys(terms).length === 0)
        throw new StartError(
          `Expected a partner without a key, but got: ${name}, who has one. --rotate gives another in its place.`,
        );
      return [...termsOf(partner), 'The key stays as it is.'];
    }
    const end = new Date(now.getTime() + overlapMs);
    if (hasKey) await partners.endKeys(partner, end, now);
    const made = makeKey();
    await partners.addKey(partner, made, now);
    return [
      ...termsOf(partner),
      `key      ${made.key}`,
      'The key is shown this once: only its hash is kept.',
      ...(hasKey ? [`What they had before ends at ${shortTime(end)}.`] : []),
    ];
  });
}

function revoked(name: string, ended: readonly string[]): string {
  if (ended.length === 0) return `${name} has no active key.`;
  const prefixes = ended.map((prefix) => `${keyStart}${prefix}`).join(', ');
  return `Revoked: ${prefixes} of ${name}. Within a second nobody is let in by it.`;
}

function termsOf(partner: PartnerRow): string[] {
  return [
    `partner  ${partner.name}`,
    `rights   ${rightsOf(partner)}`,
    `origins  ${partner.origins.join(', ') || 'any'}`,
    `quota    ${quotaOf(partner)}`,
    ...(partner.mayExplore ? ['may send operations that are not stored'] : []),
  ];
}

/** One line for each key, and for each partner without a key. */
export function listAll(all: Awaited<ReturnType<KeyStore['list']>>, now: Date): string[] {
  if (all.length === 0) return ['There are no partners yet.'];
  const rows = all.flatMap(({ partner, keys }) => {
    const [name, rights, quota] = [partner.name, rightsOf(partner), quotaOf(partner)];
    if (keys.length === 0) return [[name, '-', rights, quota, '-', 'no key']];
    return keys.map((key) => [
      name,
      `${keyStart}${key.prefix}`,
      rights,
      quota,
      key.lastUsedAt ? shortTime(key.lastUsedAt) : 'never',
      stateOf(key, now),
    ]);
  });
  return table([['name', 'key', 'rights', 'quota', 'last use', 'state'], ...rows]);
}

function stateOf({ revokedAt, expiresAt }: KeyRow, now: Date): string {
  if (revokedAt) return `revoked ${shortTime(revokedAt)}`;
  if (!expiresAt) return 'active';
  return `${expiresAt <= now ? 'ended' : 'ends'} ${shortTime(expiresAt)}`;
}

const rightsOf = ({ rights: { text, pictures } }: PartnerRow) =>
  [text && 'text', pictures && 'pictures'].filter(Boolean).join(', ') || 'none';

const quotaOf = ({ quota }: PartnerRow) => (quota === null ? 'as usual' : `${quota} a minute`);

/** "2026-11-24 15:25 UTC" */
const shortTime = (time: Date) => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function table(rows: readonly string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
