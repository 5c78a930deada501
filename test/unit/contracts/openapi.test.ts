import { beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../contracts/openapi.ts';
import type { AnyRouteContract } from '../../../contracts/route.ts';
import { routes } from '../../../contracts/routes.ts';

// biome-ignore lint/suspicious/noExplicitAny: the test looks into a document of every shape
type Json = any;

let document: Json;
let operations: { route: AnyRouteContract; operation: Json }[];
beforeAll(() => {
  document = JSON.parse(JSON.stringify(openApiDocument(routes)));
  operations = routes.map((route) => ({ route, operation: document.paths[route.path]?.[route.method.toLowerCase()] }));
});

/** Every object in the document with the path to it. */
function* objects(value: Json, path = '#'): Generator<[string, Json]> {
  if (typeof value !== 'object' || value === null) return;
  yield [path, value];
  for (const [name, inner] of Object.entries(value)) yield* objects(inner, `${path}/${name}`);
}
const resolve = (ref: string): Json =>
  ref
    .slice(2)
    .split('/')
    .reduce((inner, name) => inner?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], document);
const deref = (given: Json): Json => (given.$ref ? resolve(given.$ref) : given);

describe('the OpenAPI document', () => {
  test('says what it is', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  });

  test('has every route once, and nothing else', () => {
    const described = Object.entries<Json>(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test('names every operation once', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
  });

  test('resolves every reference', () => {
    const refs = [...objects(document)].filter(([, { $ref }]) => $ref !== undefined);
    expect(refs.length).toBeGreaterThan(routes.length);
    for (const [path, { $ref }] of refs) {
      expect($ref, path).toMatch(/^#\//);
      expect(resolve($ref), `${path} → ${$ref}`).toBeDefined();
    }
  });

  test('declares every parameter of a path, as required, and no other', () => {
    for (const { route, operation } of operations) {
      const inPath = operation.parameters.map(deref).filter((parameter: Json) => parameter.in === 'path');
      const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(inPath.map(({ name }: Json) => name).sort(), route.operation).toEqual(names.sort());
      expect(inPath.every(({ required }: Json) => required === true)).toBe(true);
    }
  });

  test('has parameters and responses in the form of OpenAPI 3.1', () => {
    for (const { route, operation } of operations) {
      expect(operation.summary).toMatch(/\p{Script=Han}|OpenAPI/u);
      expect(Object.keys(operation.responses).length).toBeGreaterThan(1);
      for (const parameter of operation.parameters.map(deref)) {
        expect(parameter).toMatchObject({ name: expect.any(String), schema: expect.any(Object) });
        expect(['path', 'query', 'header']).toContain(parameter.in);
      }
      const unique = operation.parameters.map(deref).map(({ name, in: place }: Json) => `${place} ${name}`);
      expect(new Set(unique).size, route.operation).toBe(unique.length);
      for (const [status, response] of Object.entries<Json>(operation.responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(deref(response).description).toEqual(expect.any(String));
        for (const media of Object.values<Json>(deref(response).content ?? {}))
          expect(media.schema).toEqual(expect.any(Object));
      }
    }
  });

  test('asks commands for an idempotency key and a body, and reads for neither', () => {
    for (const { route, operation } of operations) {
      const names = operation.parameters.map(deref).map(({ name }: Json) => name);
      const command = route.method !== 'GET';
      expect(names.includes('Idempotency-Key'), route.operation).toBe(command);
      expect(operation.requestBody !== undefined, route.operation).toBe(command);
      expect(names.includes('If-Match'), route.operation).toBe(route.ifMatch === true);
      for (const status of ['412', '428']) expect(status in operation.responses).toBe(route.ifMatch === true);
      if (command) {
        const { schema } = operation.requestBody.content['application/json'];
        expect(JSON.stringify(schema)).toContain('"additionalProperties":false');
      }
    }
  });

  test('asks for a token except on public routes', () => {
    for (const { route, operation } of operations) {
      const open = 'public' in route.access;
      expect(operation.security).toEqual(open ? [] : undefined);
      expect('401' in operation.responses).toBe(!open);
    }
    expect(document.security).toEqual([{ signedIn: [] }]);
    expect(document.components.securitySchemes.signedIn).toMatchObject({ type: 'http', scheme: 'bearer' });
  });

  test('answers every refusal with a problem document', () => {
    for (const [name, response] of Object.entries<Json>(document.components.responses)) {
      expect(name).toMatch(/^Problem[45]\d\d$/);
      expect(response.content['application/problem+json'].schema).toEqual({ $ref: '#/components/schemas/Problem' });
    }
    expect(document.components.schemas.Problem.required).toEqual(
      expect.arrayContaining(['type', 'detail', 'detailEn', 'code']),
    );
  });

  test('limits the length of every text that is sent', () => {
    const endless: string[] = [];
    for (const { route, operation } of operations) {
      const sent = [operation.requestBody, operation.parameters.filter((p: Json) => !p.$ref)];
      for (const [path, schema] of [...objects(sent)]) {
        const bounded = ['maxLength', 'pattern', 'enum', 'const', 'format'].some((name) => name in schema);
        if (schema.type === 'string' && !bounded) endless.push(`${route.operation} ${path}`);
        if (schema.type === 'array' && !('maxItems' in schema) && 'items' in schema)
          endless.push(`${route.operation} ${path}`);
      }
    }
    expect(endless).toEqual([]);
  });

  test('describes money as text with at most two decimals', () => {
    const decide = document.paths['/v1/tasks/{taskId}/decision'].post.requestBody.content['application/json'].schema;
    expect(decide.properties.corrected).toMatchObject({ type: 'string' });
    const pattern = new RegExp(decide.properties.corrected.pattern);
    for (const good of ['0', '1234.50', '0.06']) expect(good).toMatch(pattern);
    for (const bad of ['1.234', '-1', '1e3', '01', '']) expect(bad).not.toMatch(pattern);
  });
});
