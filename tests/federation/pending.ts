/** Operations that our gateway does not answer rightly yet, as `case: operation`, each with the reason: at present none. */
export const pending: Readonly<Record<string, string>> = {};
