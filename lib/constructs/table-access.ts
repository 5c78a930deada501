import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Aws } from 'aws-cdk-lib/core';
import { lists } from '../../storage/lists.ts';
import { type IndexName, KEY_SEPARATOR, type PrefixName, prefixes } from '../../storage/table.ts';
import type { ListName, Permission } from '../permissions.ts';
import type { ServiceFunction } from './service-function.ts';

/** Pattern of every partition key with this prefix. */
const keysOf = (prefix: PrefixName): string => `${prefixes[prefix]}${KEY_SEPARATOR}*`;

/** Pattern of every partition key of a list: its function with anything for an argument. */
export const listPattern = (name: ListName): string => {
  const keyOf: (...args: never[]) => string = lists[name];
  const any = '*' as never;
  return keyOf(any, any, any).replace(/\*.*$/, '*');
};

/** The condition that every key which a request names has one of these patterns; a request must name one. */
const leadingKeys = (patterns: readonly string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...patterns].sort() },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

/** Gives a function its rights in the single table, and in the table's key as far as the table asks for it. */
export function allowTableAccess(target: ServiceFunction, table: Table, key: IKey, permission: Permission): void {
  const { reads, writes, counts = [], deletes = [] } = permission;
  const allow = (actions: string[], names: readonly PrefixName[]) => {
    if (names.length > 0) target.allow(actions, [table.tableArn], leadingKeys(names.map(keysOf)));
  };
  allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], reads);
  allow(['dynamodb:PutItem'], writes);
  allow(['dynamodb:UpdateItem'], counts);
  allow(['dynamodb:DeleteItem'], deletes);
  // A decision may rest on what it has read staying as it is.
  if (writes.length > 0) allow(['dynamodb:ConditionCheckItem'], reads);
  for (const [index, names] of Object.entries(permission.lists) as [IndexName, readonly ListName[]][]) {
    target.allow(['dynamodb:Query'], [`${table.tableArn}/index/${index}`], leadingKeys(names.map(listPattern)));
  }
  if (Object.values(permission).every((names) => Object.keys(names).length === 0)) return;
  const changes = writes.length + counts.length + deletes.length > 0;
  target.allow(
    [
      'kms:Decrypt',
      'kms:DescribeKey',
      ...(changes ? ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'] : []),
    ],
    [key.keyArn],
    { StringEquals: { 'kms:ViaService': `dynamodb.${Aws.REGION}.${Aws.URL_SUFFIX}` } },
  );
}
