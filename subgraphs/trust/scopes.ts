/** The scopes that our graph knows: what whoever has one may do beside reading (RFC 8693 section 4.2). */

/** Each with what it allows. Whoever asks for one in a schema (`@requiresScopes`) names it here too. */
export const scopes: Readonly<Record<string, string>> = {
  'articles:write':
    'put, correct and relate stories; read each of them, before its time and behind the paywall',
  'articles:publish': 'publish and withdraw stories',
  'authors:write': 'put authors',
  'authors:read': "read authors' e-mail addresses",
  'media:write': 'put pictures and videos',
  'membership:read': 'read the exact count of members',
};
