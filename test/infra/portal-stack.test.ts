import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../lib/configuration.ts';
import { addStacks, newApp } from '../../lib/dengyun-app.ts';
import { forEachFunction } from '../../lib/permissions.ts';
import { ofType, type Resources, resourcesOf } from '../support/stacks.ts';

const folder = mkdtempSync(join(tmpdir(), 'dengyun-portal-stack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The portal's stack with a built portal, and without one. */
function synthesizePortal(built: boolean) {
  const content = mkdtempSync(join(folder, 'content-'));
  if (built) writeFileSync(join(content, 'index.html'), '<!doctype html>');
  const app = newApp(join(folder, `out-${built}`));
  addStacks(
    app,
    readConfiguration((name) => (name === 'stage' ? 'dev' : undefined)),
    forEachFunction(() => Code.fromInline('exports.handler = async () => {};')),
    content,
  );
  const { stacks } = app.synth();
  const stack = stacks.find(({ id }) => id.includes('Portal'));
  if (!stack) throw new Error('no portal stack');
  return { resources: resourcesOf(stack.template) as Resources, messages: stack.messages };
}

describe('the portal in the cloud', () => {
  const { resources, messages } = synthesizePortal(true);
  const only = (type: string) => {
    const [found, ...others] = ofType(resources, type);
    if (!found || others.length > 0) throw new Error(`not one ${type}`);
    return found[1].Properties;
  };

  it('is uploaded with what it must know of its deployment, and the distribution is told', () => {
    const deployment = only('Custom::CDKBucketDeployment');
    expect(deployment.SourceObjectKeys).toHaveLength(2);
    expect(deployment.DistributionId).toBeDefined();
    // Addresses are known at deployment only: API, issuer and client are filled into the configuration then.
    expect(JSON.stringify(deployment.SourceMarkers)).toMatch(/IssuerUrl.*PortalClientId|PortalClientId.*IssuerUrl/);
    expect(messages.map(({ entry }) => String(entry.data)).join()).not.toContain('not built');
  });

  it('lets a page run its own scripts and styles and call API, issuer and uploads, and nothing else', () => {
    const policy = only('AWS::CloudFront::ResponseHeadersPolicy');
    const text = JSON.stringify(policy);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/unsafe-(inline|eval)|https?:\/\/\*|script-src [^;]*\*/);
    expect(text).toMatch(/connect-src 'self' .*IssuerUrl/);
    expect(policy.ResponseHeadersPolicyConfig).toMatchObject({
      SecurityHeadersConfig: {
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY' },
        StrictTransportSecurity: { IncludeSubdomains: true },
      },
    });
  });

  it('answers every address with its one page', () => {
    expect(only('AWS::CloudFront::Distribution')).toMatchObject({
      DistributionConfig: {
        CustomErrorResponses: [403, 404].map((ErrorCode) => ({
          ErrorCode,
          ResponseCode: 200,
          ResponsePagePath: '/index.html',
        })),
      },
    });
  });

  it('says so when it was not built, instead of deploying nothing in silence', () => {
    const { resources: without, messages: said } = synthesizePortal(false);
    expect(ofType(without, 'Custom::CDKBucketDeployment')).toEqual([]);
    expect(said.map(({ entry }) => String(entry.data)).join()).toContain('npm run build');
  });
});
