import { describe, expect, it } from '@jest/globals';
import type { Row, Table } from '../../bench/measure/round.ts';
import { drawChart } from '../../bench/report/chart.ts';
import { planText } from '../../bench/report/plans.ts';
import { withSection } from '../../bench/report/results.ts';
import { markdownTable, textTable } from '../../bench/report/table.ts';

const rows: Row[] = [
  { name: '@apollo/gateway', isGateway: true, cpuMs: 4, perSecond: 250, p50Ms: 10, p99Ms: 20, calls: 7 },
  { name: 'Dateline', isGateway: true, cpuMs: 0.4, perSecond: 2500, p50Ms: 1, p99Ms: 2, calls: 5 },
  { name: 'Another', isGateway: true, reason: 'answers wrong data at data.a | b' },
];
const table: Table = { scene: 'news', title: 'Pages & feeds', workload: 'article page', rows };
const section = '## Gateways side by side (`gateways`)\n\nNew figures.\n';

describe('the results of a benchmark', () => {
  it('go before the other sections where there were none', () => {
    const text = withSection('# Results\n\nAs measured.\n\n## Start\n\nFast.\n', section);
    expect(text).toBe(`# Results\n\nAs measured.\n\n${section}\n## Start\n\nFast.\n`);
  });

  it('take the place of those before and leave the other sections as they are', () => {
    const once = withSection('# Results\n\n## Start\n\nFast.\n\n## Pages\n\nMany.\n', section);
    const again = withSection(once, section.replace('New', 'Newer'));
    expect(again).toBe(once.replace('New figures', 'Newer figures'));
  });

  it('show a gateway that was not measured, with the reason', () => {
    expect(textTable(table)).toContain('Another          answers wrong data at data.a | b');
    expect(markdownTable(table)).toContain('| Another | answers wrong data at data.a \\| b |');
  });

  it('have a chart that says the figures in words, and bars as long as the figures', () => {
    const svg = drawChart([table, { ...table, workload: 'a second table of the scene' }]);
    expect(svg).toContain('<desc id="desc">article page: @apollo/gateway 4, Dateline 0.4.</desc>');
    expect(svg).toContain('Pages &amp; feeds');
    const lengths = [...svg.matchAll(/class="gateway" [^>]*width="(\d+)"/g)].map(([, length]) =>
      Number(length),
    );
    expect(lengths).toEqual([420, 42]);
  });

  it('leave out columns of planning that nobody has, and tell what failed', () => {
    const figures = { cold: 120, fresh: 50, known: 5 };
    const text = planText([
      {
        name: 'One',
        publicGraph: figures,
        wideGraph: '',
        hard: { endedMs: undefined, told: 'nothing yet', othersWaitedMs: 60_000 },
      },
      { name: 'Two', publicGraph: figures, wideGraph: '', hard: 'does not start' },
    ]);
    expect(text).not.toContain('2,000 fields');
    expect(text).toMatch(/One +120 +50 +5 +not in time +nothing yet +60\.0 s/);
    expect(text).toMatch(/Two +120 +50 +5 +failed/);
    expect(text).toContain('  Two: does not start');
  });
});
