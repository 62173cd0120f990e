/** Dates, formatted in UTC for all readers. */

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const weekday = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

/** "Tuesday, 24 November 2026". */
export function Today({ now }: { now: Date }) {
  return <time dateTime={now.toISOString().slice(0, 10)}>{weekday.format(now)}</time>;
}

/** "24 November 2026", or "24 November 2026, 14:05 UTC". */
export function Moment({ at, isExact = false }: { at: string; isExact?: boolean }) {
  const date = new Date(at);
  return (
    <time dateTime={at}>{isExact ? `${day.format(date)}, ${time.format(date)} UTC` : day.format(date)}</time>
  );
}
