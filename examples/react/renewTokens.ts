/** A link of Apollo Client that renews expired access tokens, once for all operations that fail meanwhile. */
import { ApolloLink, CombinedGraphQLErrors } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { from, switchMap } from 'rxjs';

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** Where an app keeps the tokens of the reader; undefined when nobody is signed in. */
export interface TokenStore {
  get(): Tokens | undefined;
  set(tokens: Tokens | undefined): void;
}

/** Exchanges a refresh token for new tokens; rejects if the session has ended. */
export type Refresh = (refreshToken: string) => Promise<Tokens>;

export function renewTokens(store: TokenStore, refresh: Refresh): ApolloLink {
  let renewal: Promise<void> | undefined;

  // A refresh token can be used once: a second renewal at the same time would end the session.
  const renew = () => {
    renewal ??= renewOnce().finally(() => {
      renewal = undefined;
    });
    return renewal;
  };
  async function renewOnce() {
    const tokens = store.get();
    if (!tokens) return;
    try {
      store.set(await refresh(tokens.refreshToken));
    } catch {
      store.set(undefined);
    }
  }

  const authorize = new SetContextLink(({ headers = {} }) => {
    // An operation that is sent again has the header of the first time.
    const { authorization: _, ...others } = headers as Record<string, string>;
    const tokens = store.get();
    return { headers: tokens ? { ...others, authorization: `Bearer ${tokens.accessToken}` } : others };
  });
  const retry = new ErrorLink(({ error, operation, forward }) => {
    const isExpired =
      CombinedGraphQLErrors.is(error) &&
      error.errors.some(({ extensions, path }) => extensions?.code === 'UNAUTHENTICATED' && !path);
    if (!isExpired || !store.get()) return;
    return from(renew()).pipe(switchMap(() => forward(operation)));
  });
  return ApolloLink.from([retry, authorize]);
}
