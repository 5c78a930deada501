import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { indexes, tableKeys } from '../storage/table.ts';
import type { Configuration } from './configuration.ts';
import { portalOriginParameter } from './parameters.ts';

export interface DataStackProps extends StackProps {
  readonly configuration: Configuration;
}

/** What must not be lost: the table, the documents and the keys that they are encrypted under. */
export class DataStack extends Stack {
  readonly table: Table;
  readonly tableKey: Key;
  readonly evidence: Bucket;
  readonly evidenceKey: Key;
  readonly identity: Bucket;
  readonly identityKey: Key;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const portalOrigin = portalOriginParameter(this, props.configuration);

    this.tableKey = this.key('TableKey', 'the single table');
    this.evidenceKey = this.key('EvidenceKey', 'documents that prove claims and orders');
    this.identityKey = this.key('IdentityKey', 'licences and identity cards');
    this.table = this.singleTable();

    const accessLog = new Bucket(this, 'AccessLog', {
      ...privateBucket,
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ ...tidy, expiration: Duration.days(3 * 365) }],
    });
    this.evidence = this.documents('Evidence', this.evidenceKey, portalOrigin, accessLog, {
      // Proof of the use of public money: an overwritten version can be looked at for ten years.
      noncurrentVersionExpiration: Duration.days(10 * 365),
    });
    this.identity = this.documents('Identity', this.identityKey, portalOrigin, accessLog, {
      // Personal data: what was deleted because its purpose ended is gone after a month.
      noncurrentVersionExpiration: Duration.days(30),
    });
  }

  private key(id: string, what: string): Key {
    return new Key(this, id, {
      description: `Dengyun: ${what}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private singleTable(): Table {
    const attribute = (name: string) => ({ name, type: AttributeType.STRING });
    const table = new Table(this, 'Table', {
      partitionKey: attribute(tableKeys.partition),
      sortKey: attribute(tableKeys.sort),
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: tableKeys.expiry,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.tableKey,
    });
    for (const [indexName, { partition, sort }] of Object.entries(indexes)) {
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: attribute(partition),
        sortKey: attribute(sort),
        projectionType: ProjectionType.ALL,
      });
    }
    return table;
  }

  private documents(id: string, key: Key, portalOrigin: string, accessLog: Bucket, rule: LifecycleRule): Bucket {
    return new Bucket(this, id, {
      ...privateBucket,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      versioned: true,
      lifecycleRules: [{ ...tidy, ...rule }],
      serverAccessLogsBucket: accessLog as IBucket,
      serverAccessLogsPrefix: `${id.toLowerCase()}/`,
      cors: [
        {
          // A browser uploads by presigned form and reads by presigned address.
          allowedMethods: [HttpMethods.POST, HttpMethods.GET],
          allowedOrigins: [portalOrigin],
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag'],
          maxAge: 3600,
        },
      ],
    });
  }
}

const tidy: LifecycleRule = { abortIncompleteMultipartUploadAfter: Duration.days(1) };

const privateBucket = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
} as const;
