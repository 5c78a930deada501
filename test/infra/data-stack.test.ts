import { describe, expect, it } from 'vitest';
import { indexes, tableKeys } from '../../storage/table.ts';
import { ofType, type Resource, resourcesOf, type Statement, synthesize } from '../support/stacks.ts';

const { data } = synthesize('dev');
const resources = resourcesOf(data);
const only = (type: string): Resource => {
  const [found, ...more] = ofType(resources, type);
  if (!found || more.length > 0) throw new Error(`not one ${type}`);
  return found[1];
};
const bucket = (id: string): Resource => {
  const found = ofType(resources, 'AWS::S3::Bucket').find(([logicalId]) => logicalId.startsWith(id));
  if (!found) throw new Error(`no bucket ${id}`);
  return found[1];
};
const keyOf = ({ Properties }: Resource): string => JSON.stringify(Properties.BucketEncryption);

describe('the table', () => {
  const { Properties: table, DeletionPolicy } = only('AWS::DynamoDB::Table');

  it('cannot be deleted, and can be brought back to any second of the last weeks', () => {
    expect(table.DeletionProtectionEnabled).toBe(true);
    expect(DeletionPolicy).toBe('Retain');
    expect(table.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
  });

  it('is encrypted under a key of its own that is renewed', () => {
    const { SSEType, SSEEnabled, KMSMasterKeyId } = table.SSESpecification as Record<string, unknown>;
    expect({ SSEType, SSEEnabled }).toEqual({ SSEType: 'KMS', SSEEnabled: true });
    expect(JSON.stringify(KMSMasterKeyId)).toContain('TableKey');
    for (const [, key] of ofType(resources, 'AWS::KMS::Key')) expect(key.Properties.EnableKeyRotation).toBe(true);
  });

  it('has the keys and indexes that the repositories use, all complete', () => {
    const schema = ({ partition, sort }: { partition: string; sort: string }) => [
      { AttributeName: partition, KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ];
    expect(table.KeySchema).toEqual(schema(tableKeys));
    expect(table.GlobalSecondaryIndexes).toEqual(
      Object.entries(indexes).map(([IndexName, keys]) => ({
        IndexName,
        KeySchema: schema(keys),
        Projection: { ProjectionType: 'ALL' },
      })),
    );
  });

  it('is paid by use, forgets what expired, and streams what was written', () => {
    expect(table.BillingMode).toBe('PAY_PER_REQUEST');
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: tableKeys.expiry, Enabled: true });
    expect(table.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
  });
});

describe('the buckets', () => {
  it.each(['Evidence', 'Identity', 'AccessLog'])('%s is private, kept, and speaks TLS only', (id) => {
    const { Properties, DeletionPolicy } = bucket(id);
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(DeletionPolicy).toBe('Retain');
    const policy = ofType(resources, 'AWS::S3::BucketPolicy').find(([logicalId]) => logicalId.startsWith(id));
    const document = policy?.[1].Properties.PolicyDocument as { Statement: Statement[] } | undefined;
    const refused = (document?.Statement ?? [])
      .filter(({ Effect }) => Effect === 'Deny')
      .map(({ Condition }) => Condition);
    expect(refused).toContainEqual({ Bool: { 'aws:SecureTransport': 'false' } });
  });

  it.each(['Evidence', 'Identity'])('%s keeps versions for a time, logs who looked, and is encrypted', (id) => {
    const { Properties } = bucket(id);
    expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(Properties.LoggingConfiguration).toMatchObject({ LogFilePrefix: `${id.toLowerCase()}/` });
    const { Rules } = Properties.LifecycleConfiguration as { Rules: Record<string, unknown>[] };
    expect(Rules[0]).toMatchObject({ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } });
    expect(Rules[0]?.NoncurrentVersionExpiration).toBeDefined();
    expect(keyOf(bucket(id))).toContain('aws:kms');
  });

  it('keep identity documents under a key that nothing else uses', () => {
    expect(keyOf(bucket('Identity'))).toContain('IdentityKey');
    expect(keyOf(bucket('Evidence'))).not.toContain('IdentityKey');
    expect(JSON.stringify(only('AWS::DynamoDB::Table'))).not.toContain('IdentityKey');
  });

  it('forget a deleted identity document after a month', () => {
    const { Rules } = bucket('Identity').Properties.LifecycleConfiguration as { Rules: Record<string, unknown>[] };
    expect(Rules[0]?.NoncurrentVersionExpiration).toEqual({ NoncurrentDays: 30 });
  });

  it('take uploads from pages of the portal only', () => {
    for (const id of ['Evidence', 'Identity']) {
      const { CorsRules } = bucket(id).Properties.CorsConfiguration as { CorsRules: Record<string, unknown>[] };
      expect(CorsRules.map(({ AllowedOrigins }) => AllowedOrigins)).toEqual([[{ Ref: 'PortalOrigin' }]]);
    }
  });
});
