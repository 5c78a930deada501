import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RouteContract } from '../../contracts/route.ts';
import { routes } from '../../contracts/routes.ts';
import { ofType, type Resource, type Resources, resourcesOf, synthesize } from '../support/stacks.ts';

const routeKey = ({ method, path }: RouteContract) => `${method} ${path}`;
const declaredIn = (resources: Resources) =>
  new Map(
    ofType(resources, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
      String(Properties.RouteKey),
      Properties,
    ]),
  );
const theOnly = (resources: Resources, type: string): Resource => {
  const [found, ...more] = ofType(resources, type);
  if (!found || more.length > 0) throw new Error(`not one ${type}`);
  return found[1];
};

const dev = resourcesOf(synthesize('dev').service);
const china = resourcesOf(synthesize('dev-cn').service);
const licensed = resourcesOf(synthesize('dev-cn', { icpLicence: true }).service);

describe('the list of routes', () => {
  it('holds every route that a contract file declares', async () => {
    const folder = join(import.meta.dirname, '../../contracts');
    const declared: RouteContract[] = [];
    for (const file of readdirSync(folder)) {
      const exported: Record<string, unknown> = await import(join(folder, file));
      for (const [name, value] of Object.entries(exported)) {
        if (/Routes$/.test(name)) declared.push(...Object.values(value as Record<string, RouteContract>));
      }
    }
    expect(routes.map(({ operation }) => operation).sort()).toEqual(declared.map(({ operation }) => operation).sort());
  });

  it('names no operation and no address twice', () => {
    expect(new Set(routes.map(({ operation }) => operation)).size).toBe(routes.length);
    expect(new Set(routes.map(routeKey)).size).toBe(routes.length);
  });
});

describe('the gateway', () => {
  it('declares every route, and no other', () => {
    expect([...declaredIn(dev).keys()].sort()).toEqual(routes.map(routeKey).sort());
  });

  it('asks for a token everywhere but on public routes', () => {
    const declared = declaredIn(dev);
    for (const route of routes) {
      const expected = 'public' in route.access ? 'NONE' : 'JWT';
      expect([route.operation, declared.get(routeKey(route))?.AuthorizationType]).toEqual([route.operation, expected]);
    }
  });

  it('asks for a token on every route where the account has no ICP licence', () => {
    for (const [key, { AuthorizationType, AuthorizerId }] of declaredIn(china)) {
      expect([key, AuthorizationType]).toEqual([key, 'JWT']);
      expect(AuthorizerId).toBeDefined();
    }
    const open = routes.filter(({ access }) => 'public' in access).map(routeKey);
    for (const key of open) expect(declaredIn(licensed).get(key)?.AuthorizationType).toBe('NONE');
  });

  it('trusts the issuer and audience that the deployment names', () => {
    const { Properties } = theOnly(dev, 'AWS::ApiGatewayV2::Authorizer');
    expect(Properties.AuthorizerType).toBe('JWT');
    expect(Properties.JwtConfiguration).toEqual({ Issuer: { Ref: 'IssuerUrl' }, Audience: [{ Ref: 'Audience' }] });
  });

  it('leads each route to the function of its context', () => {
    const functionNamed = new Map(
      ofType(dev, 'AWS::Lambda::Function').map(([id, { Properties }]) => [id, String(Properties.FunctionName)]),
    );
    for (const route of routes) {
      const target = JSON.stringify(declaredIn(dev).get(routeKey(route))?.Target);
      const integration = Object.keys(dev).find(
        (id) => target.includes(`"${id}"`) && dev[id]?.Type.endsWith('Integration'),
      );
      const uri = JSON.stringify(dev[integration ?? '']?.Properties.IntegrationUri);
      const handler = [...functionNamed].find(([id]) => uri.includes(`"${id}"`))?.[1];
      expect([route.operation, handler]).toEqual([route.operation, `dengyun-dev-${route.context}`]);
    }
  });

  it('turns too many requests away, and sooner where a contract says so', () => {
    const { Properties, DependsOn } = theOnly(dev, 'AWS::ApiGatewayV2::Stage');
    expect(Properties.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 });
    const limited = routes.filter(({ throttle }) => throttle);
    expect(Properties.RouteSettings ?? {}).toEqual(
      Object.fromEntries(
        limited.map((route) => [
          routeKey(route),
          { ThrottlingRateLimit: route.throttle?.rate, ThrottlingBurstLimit: route.throttle?.burst },
        ]),
      ),
    );
    const declared = ofType(dev, 'AWS::ApiGatewayV2::Route').map(([id]) => id);
    expect(DependsOn).toEqual(expect.arrayContaining(declared));
  });

  it('logs requests without saying who made them', () => {
    const { Properties } = theOnly(dev, 'AWS::ApiGatewayV2::Stage');
    const { Format } = Properties.AccessLogSettings as { Format: string };
    expect(Format).toContain('$context.requestId');
    expect(Format).not.toMatch(/identity|sourceIp|userAgent|authorizer|claims|path\b/i);
  });

  it('lets pages of the portal, and no others, call it with the headers of our conventions', () => {
    const { CorsConfiguration } = theOnly(dev, 'AWS::ApiGatewayV2::Api').Properties;
    expect(CorsConfiguration).toMatchObject({
      AllowOrigins: [{ Ref: 'PortalOrigin' }],
      AllowHeaders: expect.arrayContaining([
        'authorization',
        'content-type',
        'dengyun-organisation',
        'idempotency-key',
        'if-match',
        'if-none-match',
      ]),
      ExposeHeaders: expect.arrayContaining(['etag', 'retry-after', 'x-request-id']),
    });
  });
});
