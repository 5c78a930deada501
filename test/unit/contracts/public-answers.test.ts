import { expect, test } from 'vitest';
import * as z from 'zod';
import type { RouteContract } from '../../../contracts/route.ts';
import { routes } from '../../../contracts/routes.ts';

/** Where answers for the departments, cities and inspectors say which person it was. */
const OF_PEOPLE = /^(sub|by|actor|names|holder|drafters|\w+(By|Sub))$/;
/** What sounds like it and is a rule, or a day. */
const OTHERWISE = ['limitedBy', 'decideBy', 'expectedBy'];

const ofPeople = ({ answer }: RouteContract): string[] =>
  fieldsOf(z.toJSONSchema(answer, { io: 'input', unrepresentable: 'any' })).filter(
    (field) => OF_PEOPLE.test(field) && !OTHERWISE.includes(field),
  );

/** Every name of a field in a schema, however deep. */
function fieldsOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(fieldsOf);
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { properties?: Record<string, unknown> };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(fieldsOf)];
}

test('no answer that the public may read has a place for who of the staff acted', () => {
  const open = routes.filter(({ access }) => 'public' in access);
  expect(open.flatMap((route) => ofPeople(route).map((field) => `${route.operation}: ${field}`))).toEqual([]);
});

test.each([
  ['read-plan-draft', ['draftedBy', 'openedBy', 'confirmedBy', 'names']],
  ['read-plan-version', ['draftedBy', 'names']],
  ['read-year-end-report', ['requestedBy', 'surveyedBy', 'names']],
  ['read-local-policy', ['drafters', 'enactedBy', 'endedBy', 'names']],
  ['read-journal', ['actor', 'by']],
])('the answer of %s has', (operation, fields) => {
  const route = routes.find((one) => one.operation === operation);
  expect(route && ofPeople(route)).toEqual(expect.arrayContaining(fields));
});
