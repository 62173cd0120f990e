/** How far the lists of the graph are counted. */

/** What is beyond it costs a look at each item, and tells a reader nothing. Descriptions of `totalCount` say it. */
export const countedAtMost = 10_000;
