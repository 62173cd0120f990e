import { describe, expect, it } from '@jest/globals';
import { readerOf } from '../../../gateway/auth/readerClaims.ts';
import { executionContextOf } from '../../../gateway/operationSteps.ts';
import type { RequestContext } from '../../../gateway/requestContext.ts';
import { createLog } from '../../../gateway/server/logger.ts';
import { readSettings } from '../../../gateway/settings.ts';

const settings = readSettings({ NODE_ENV: 'test', LOG_LEVEL: 'silent' });
const contextOf = (claims?: object): RequestContext => ({
  ...{
    requestId: 'r',
    headers: {},
    signal: new AbortController().signal,
    log: createLog(settings),
    note: {},
  },
  ...(claims && { reader: readerOf(claims as Record<string, unknown>) }),
  client: '192.0.2.7',
});
const toldOf = (claims: object | undefined, kind: 'query' | 'mutation', tells = true) => {
  const { identityFor } = executionContextOf(settings, tells)(contextOf(claims));
  const text = identityFor?.(kind);
  return text === undefined ? undefined : JSON.parse(text);
};

describe('what subgraphs are told of whoever asks', () => {
  it('is nothing of a reader without a token, unless something is to be changed', () => {
    expect(toldOf(undefined, 'query')).toBeUndefined();
    expect(toldOf(undefined, 'mutation')).toEqual({ client: '192.0.2.7' });
  });

  it('is what the token says of the reader, and the same for two tokens of theirs', () => {
    const claims = { iss: 'i', sub: 'r1', scp: ['a', 'b'], member_status: 'PAID' };
    const told = { reader: { iss: 'i', sub: 'r1', scope: 'a b', member_status: 'PAID' } };
    for (const exp of [1, 2])
      expect(toldOf({ ...claims, exp, iat: exp, jti: `${exp}` }, 'query')).toEqual(told);
    expect(toldOf(claims, 'mutation')).toEqual({ ...told, client: '192.0.2.7' });
  });

  it('is nothing where no subgraph is told: readers of whom the same holds share answers', () => {
    expect(toldOf({ sub: 'r1' }, 'query', false)).toBeUndefined();
    expect(toldOf({ sub: 'r1' }, 'mutation', false)).toBeUndefined();
  });
});
