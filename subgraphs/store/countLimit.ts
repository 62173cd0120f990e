/** The limit up to which `totalCount` is exact. */

/**
 * Counting further would read every row and tell a reader nothing. The descriptions of `totalCount` name this limit.
 */
export const countedAtMost = 10_000;
