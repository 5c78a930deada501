import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Rule, rules, sentence } from '../../../../core/rules/index.ts';
import { filesOf, root } from '../../../../docs/machines.ts';

const all = Object.entries<Rule>(rules);
const named = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

/** Values that stand in one language only, because they are words of that language. */
const wordsOf = /(Zh|En)$/;

describe.each(all)('the rule %s', (name, rule) => {
  test('has a name of words, a Chinese and an English sentence', () => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(rule.zh).toMatch(/\p{Script=Han}/u);
    expect(rule.en).toMatch(/[a-z]/);
    expect(rule.en).not.toMatch(/\p{Script=Han}/u);
    expect(rule.zh).not.toBe(rule.en);
    expect(rule.zh).toMatch(/[。）？]$/u);
    expect(rule.en).toMatch(/[.)?]$/);
  });

  test('names the same values in both languages', () => {
    const words = (text: string) => [...new Set(named(text).map((value) => value?.replace(wordsOf, '')))].sort();
    expect(words(rule.en)).toEqual(words(rule.zh));
  });

  test('cites a clause as the notice numbers it, if it cites one', () => {
    if (rule.clause) {
      for (const clause of rule.clause.split('、'))
        expect(clause).toMatch(/^[一二三四五六七八](-\([一二三四]\)(-\d)?)?$/);
    }
  });
});

test('rules of two contexts never have the same name', async () => {
  const names: string[] = [];
  for (const file of filesOf('core/rules/*.ts').filter((path) => !/(index|rule)\.ts$/.test(path))) {
    const exported: Record<string, Record<string, Rule>> = await import(/* @vite-ignore */ join(root, file));
    for (const [name, group] of Object.entries(exported)) {
      if (name.endsWith('Rules')) names.push(...Object.keys(group));
    }
  }
  expect(new Set(names).size).toBe(names.length);
  expect(names.sort()).toEqual(all.map(([name]) => name).sort());
});

describe('the code that refuses and explains', () => {
  const files = filesOf('{contracts,core,functions,storage}/**/*.ts').filter((file) => !file.startsWith('core/rules/'));
  // Without comments, which may speak of a rule that nothing applies.
  const code = files.map((file) => {
    const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<=\s)\/\/.*$/gm, '');
    return { file, text };
  });

  test('applies every rule somewhere', () => {
    const literals = new Set(code.flatMap(({ text }) => [...text.matchAll(/'([a-z0-9-]+)'/g)].map(([, name]) => name)));
    expect(all.map(([name]) => name).filter((name) => !literals.has(name))).toEqual([]);
  });

  // Findings and receipts are stored with the name as text: the compiler does not look at all of them.
  test('names only rules that there are', () => {
    const named = code.flatMap(({ file, text }) =>
      [
        ...text.matchAll(/(?:\b(?:rule|limitedBy)\??: |\b(?:refuse|found|limitPart|limitTotal|step)\(\s*)'([^'\n]+)'/g),
      ].map(([, name = '']) => ({ file, name })),
    );
    expect(named.length).toBeGreaterThan(200);
    expect(named.filter(({ name }) => !Object.hasOwn(rules, name))).toEqual([]);
  });
});

test('a sentence is filled with its values; what it does not name is left out, what is missing stays visible', () => {
  expect(sentence('{a} and {b}, {a}', { a: 1, b: 'two', c: 3 })).toBe('1 and two, 1');
  expect(sentence('{missing}')).toBe('{missing}');
});
