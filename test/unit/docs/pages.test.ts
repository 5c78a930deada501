import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, machines, root } from '../../../docs/machines.ts';
import { pages } from '../../../docs/pages.ts';
import { queryDefinitions } from '../../../storage/queries.ts';

test.each(Object.entries(pages))('the page %s is what the code says now (else: npm run docs)', async (name, page) => {
  expect(readFileSync(join(root, 'docs', name), 'utf8')).toBe(await page());
});

test('every list and every machine is on its page', async () => {
  const [patterns, states] = [await pages['access-patterns.md']?.(), await pages['states.md']?.()];
  for (const name of Object.keys(queryDefinitions)) expect(patterns).toContain(`| \`${name}\` |`);
  for (const { name } of await machines()) expect(states).toContain(`### ${name.replace('Transitions', '')}`);
  for (const file of filesOf('statemachines/*.asl.json')) {
    expect(states).toContain(`### ${file.replace(/^.*\/|\.asl\.json$/g, '')}`);
  }
  expect(`${patterns}${states}`).not.toMatch(/undefined|\[object/);
});
