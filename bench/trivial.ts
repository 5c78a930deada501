import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One function behind one route, as small as it can be: what is measured then is the runtime around it. */
export const TRIVIAL_PATH = '/trivial';
export const TRIVIAL_BODY = '{"ok":true}';

const HANDLER = `exports.handler = async () => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: '${TRIVIAL_BODY}',
});
`;

/** Writes a cloud assembly of it. */
export async function writeTrivialAssembly(folder: string): Promise<void> {
  const resources = {
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { S3Key: 'trivial.zip' }, Handler: 'index.handler', Runtime: 'nodejs24.x', Timeout: 10 },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'trivial', ProtocolType: 'HTTP' } },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default' } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Function', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: `GET ${TRIVIAL_PATH}`,
        AuthorizationType: 'NONE',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
      },
    },
  };
  const files = {
    trivial: {
      source: { path: 'asset.trivial', packaging: 'zip' },
      destinations: { current: { bucketName: 'assets', objectKey: 'trivial.zip' } },
    },
  };
  const artifacts = {
    'Trivial.assets': { type: 'cdk:asset-manifest', properties: { file: 'Trivial.assets.json' } },
    Trivial: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile: 'Trivial.template.json' },
    },
  };
  await mkdir(join(folder, 'asset.trivial'), { recursive: true });
  await writeFile(join(folder, 'asset.trivial/index.js'), HANDLER);
  for (const [name, content] of Object.entries({
    'manifest.json': { version: '55.0.0', artifacts },
    'Trivial.assets.json': { version: '55.0.0', files },
    'Trivial.template.json': { Resources: resources },
  })) {
    await writeFile(join(folder, name), JSON.stringify(content));
  }
}

/** Writes the same function as a service of the Serverless framework. */
export async function writeTrivialService(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'trivial', private: true }));
  await writeFile(join(folder, 'index.js'), HANDLER);
  await writeFile(
    join(folder, 'serverless.yml'),
    `service: trivial
provider:
  name: aws
  runtime: nodejs24.x
functions:
  trivial:
    handler: index.handler
    events:
      - httpApi: 'GET ${TRIVIAL_PATH}'
plugins:
  - serverless-offline
`,
  );
}
