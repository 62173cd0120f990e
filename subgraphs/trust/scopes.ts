/** The OAuth scopes of the graph (RFC 8693 section 4.2). */

/** Each scope with the permission that it grants. Every scope in `@requiresScopes` must be listed here. */
export const scopes: Readonly<Record<string, string>> = {
  'articles:write':
    'put, correct and relate stories; read each of them, before its time and behind the paywall',
  'articles:publish': 'publish and withdraw stories',
  'authors:write': 'put authors',
  'authors:read': "read authors' e-mail addresses",
  'media:write': 'put pictures and videos',
  'membership:read': 'read the exact count of members',
};
