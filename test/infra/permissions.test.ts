import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionNames, type Permission, permissions } from '../../lib/permissions.ts';
import { prefixes } from '../../storage/table.ts';
import { listOf, resourcesOf, statementsByFunction, statementsByRole, synthesize } from '../support/stacks.ts';
import { storageUseOf } from '../support/storage-use.ts';

const service = resourcesOf(synthesize('dev').service);
const byFunction = statementsByFunction(service, 'dev');
const statementsOf = (name: string) => byFunction.get(name) ?? [];
const actionsOf = (name: string) => statementsOf(name).flatMap(({ Action }) => listOf(Action));

/** The partition keys that a function may use in requests of this action, to the table or to an index of it. */
const keysFor = (name: string, action: string): string[] =>
  statementsOf(name)
    .filter(({ Action }) => listOf(Action).includes(action))
    .flatMap(({ Condition }) => listOf(Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] as string[]));

const mayRead = (prefix: string) =>
  functionNames.filter((name) =>
    ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'].some((action) =>
      keysFor(name, action).includes(`${prefix}#*`),
    ),
  );
const mayWrite = (prefix: string) =>
  functionNames.filter((name) =>
    ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'].some((action) =>
      keysFor(name, action).includes(`${prefix}#*`),
    ),
  );

describe('the table of permissions', () => {
  const sorted = ({ reads, writes, counts = [], deletes = [], lists }: Permission) => ({
    reads: [...reads].sort(),
    writes: [...writes].sort(),
    counts: [...counts].sort(),
    deletes: [...deletes].sort(),
    lists: Object.fromEntries(Object.entries(lists).map(([index, names]) => [index, [...names].sort()])),
  });

  it('has a row for each function, and no other', () => {
    const folders = readdirSync(join(import.meta.dirname, '../../functions')).filter((name) => !name.startsWith('_'));
    expect([...functionNames].sort()).toEqual(folders.sort());
  });

  it.each(functionNames)('gives %s what its code uses of the table, and no more', async (name) => {
    expect(sorted(permissions[name])).toEqual(sorted(await storageUseOf(name)));
  });
});

describe('roles', () => {
  it('belong to one function each', () => {
    const roles = Object.values(service)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => JSON.stringify(Properties.Role));
    expect(roles).toHaveLength(functionNames.length);
    expect(new Set(roles).size).toBe(roles.length);
  });

  it('allow no action by a wildcard, and carry no managed policy', () => {
    for (const statements of statementsByRole(service).values()) {
      for (const { Effect, Action } of statements) {
        expect(Effect).toBe('Allow');
        for (const action of listOf(Action)) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
      }
    }
    for (const { Type, Properties } of Object.values(service)) {
      if (Type === 'AWS::IAM::Role') expect(Properties.ManagedPolicyArns).toBeUndefined();
    }
  });

  it('reach every resource only where the service knows no narrower one', () => {
    const open = [...statementsByRole(service).values()]
      .flat()
      .filter(({ Resource }) => listOf(Resource).includes('*'))
      .flatMap(({ Action }) => listOf(Action));
    for (const action of open) expect(action).toMatch(/^(xray:|logs:|dynamodb:ListStreams$)/);
  });

  it('never scan the table', () => {
    for (const name of functionNames) expect(actionsOf(name)).not.toContain('dynamodb:Scan');
  });

  it('name the keys in every statement about items', () => {
    const aboutItems = /^dynamodb:(\w+Item|Query)$/;
    for (const statements of byFunction.values()) {
      for (const { Action, Condition } of statements) {
        if (!listOf(Action).some((action) => aboutItems.test(action))) continue;
        expect(Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']).toBeDefined();
        expect(Condition?.Null).toEqual({ 'dynamodb:LeadingKeys': 'false' });
      }
    }
  });

  it('let identity records be read by the registry, and by payouts for the bank account', () => {
    expect(mayRead(prefixes.identityRecord)).toEqual(expect.arrayContaining(['registry-api']));
    for (const name of mayRead(prefixes.identityRecord))
      expect(['registry-api', 'payouts-api', 'payout-steps']).toContain(name);
    expect(mayWrite(prefixes.identityRecord)).toEqual(['registry-api']);
  });

  it('let only functions that post money touch the balances', () => {
    const posting = functionNames.filter((name) => {
      const { counts = [] }: Permission = permissions[name];
      return counts.includes('fund');
    });
    for (const prefix of [prefixes.fund, prefixes.cap, prefixes.journal]) expect(mayWrite(prefix)).toEqual(posting);
    expect(actionsOf('inbox-api')).not.toContain('dynamodb:UpdateItem');
  });

  it('let nobody delete what must stay', () => {
    const deleting = functionNames.filter((name) => actionsOf(name).includes('dynamodb:DeleteItem'));
    expect(deleting).toEqual(['outbox-relay']);
    expect(keysFor('outbox-relay', 'dynamodb:DeleteItem')).toEqual([`${prefixes.outbox}#*`]);
  });

  it('let the documents function alone use the buckets', () => {
    const using = functionNames.filter((name) => actionsOf(name).some((action) => action.startsWith('s3:')));
    expect(using).toEqual(['documents-api']);
  });

  it('let the relay drive executions, the inbox look at them, and nobody else do either', () => {
    const using = functionNames.filter((name) => actionsOf(name).some((action) => action.startsWith('states:')));
    expect(using).toEqual(['inbox-api', 'outbox-relay']);
    expect(actionsOf('inbox-api').filter((action) => action.startsWith('states:'))).toEqual([
      'states:DescribeExecution',
    ]);
  });

  it('use the keys only through the service that stores with them', () => {
    for (const statements of byFunction.values()) {
      for (const { Action, Condition } of statements) {
        if (!listOf(Action).some((action) => action.startsWith('kms:'))) continue;
        expect(Condition?.StringEquals?.['kms:ViaService']).toBeDefined();
      }
    }
  });
});
