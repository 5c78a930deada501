import { describe, expect, it } from 'vitest';
import { environmentName, readConfiguration } from '../../lib/configuration.ts';
import { ofType, resourcesOf, synthesize } from '../support/stacks.ts';

const stages = { dev: synthesize('dev'), 'dev-cn': synthesize('dev-cn'), 'prod-cn': synthesize('prod-cn') };

describe.each(Object.entries(stages))('stage %s', (_stage, templates) => {
  const texts = Object.entries(templates).map(([name, template]) => [name, JSON.stringify(template)] as const);

  it.each(texts)('%s spells no partition out', (_name, text) => {
    expect(text).not.toMatch(/arn:aws(-cn)?:/);
  });

  it.each(texts)('%s spells no DNS suffix out, but in names of services', (_name, text) => {
    const spelled = text.match(/[\w.*-]*amazonaws\.com[\w.]*/g) ?? [];
    for (const name of spelled) expect(name).toMatch(/^(logging\.s3|[a-z]+)\.amazonaws\.com$/);
  });

  it.each(Object.entries(templates))('%s stays well below the limit of resources', (_name, template) => {
    expect(Object.keys(resourcesOf(template)).length).toBeLessThan(500);
  });
});

describe('the partition aws-cn', () => {
  const service = resourcesOf(stages['dev-cn'].service);

  it('has no tracing of functions, which its Lambda does not know', () => {
    for (const [, { Properties }] of ofType(service, 'AWS::Lambda::Function')) {
      expect(Properties.TracingConfig).toBeUndefined();
    }
    expect(JSON.stringify(service)).not.toContain('xray:');
  });

  it('has no distribution unless it is asked for', () => {
    expect(stages['dev-cn'].portal).toBeUndefined();
    expect(synthesize('dev-cn', { portal: true }).portal).toBeDefined();
  });
});

describe('the portal', () => {
  const portal = resourcesOf(stages.dev.portal ?? {});

  it('comes out of a private bucket, over TLS, with security headers', () => {
    const [bucket] = ofType(portal, 'AWS::S3::Bucket');
    expect(bucket?.[1].Properties.PublicAccessBlockConfiguration).toMatchObject({ RestrictPublicBuckets: true });
    const [distribution] = ofType(portal, 'AWS::CloudFront::Distribution');
    expect(distribution?.[1].Properties.DistributionConfig).toMatchObject({
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https', ResponseHeadersPolicyId: expect.anything() },
    });
    const [headers] = ofType(portal, 'AWS::CloudFront::ResponseHeadersPolicy');
    const text = JSON.stringify(headers?.[1].Properties);
    for (const part of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      'StrictTransportSecurity',
      'ContentTypeOptions',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('unsafe-inline');
  });
});

describe('configuration', () => {
  const read = (settings: Record<string, unknown>) => readConfiguration((name) => settings[name]);

  it('takes the partition from the name of the stage', () => {
    expect(read({})).toMatchObject({ stage: 'dev', partition: 'aws', unauthenticatedRoutes: true, portal: true });
    expect(read({ stage: 'prod-cn' })).toMatchObject({
      partition: 'aws-cn',
      region: 'cn-north-1',
      unauthenticatedRoutes: false,
      portal: false,
      production: true,
    });
  });

  it('needs no account and no region outside China', () => {
    expect(read({})).not.toHaveProperty('account');
    expect(read({})).not.toHaveProperty('region');
  });

  it.each([
    [{ stage: 'live' }, /stage/],
    [{ account: '12' }, /account/],
    [{ stage: 'dev-cn', region: 'eu-west-1' }, /region/],
    [{ region: 'cn-north-1' }, /region/],
    [{ issuerUrl: 'nowhere' }, /issuerUrl/],
    [{ alarmEmail: 'nobody' }, /alarmEmail/],
    [{ icpLicence: 'perhaps' }, /icpLicence/],
  ])('refuses %j and says why', (settings, reason) => {
    expect(() => read(settings)).toThrow(reason);
  });

  it('has a name in the environment for each setting', () => {
    expect(environmentName('stage')).toBe('DENGYUN_STAGE');
    expect(environmentName('issuerUrl')).toBe('DENGYUN_ISSUER_URL');
  });
});
