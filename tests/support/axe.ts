/** What axe-core finds wrong with a page, for whoever cannot see it or cannot use a mouse. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const axe = readFileSync(
  join(createRequire(`${process.cwd()}/package.json`).resolve('axe-core'), '../axe.min.js'),
  'utf8',
);

/** What axe-core finds that is serious or worse: the rule and the first element. */
export async function seriousIn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}
