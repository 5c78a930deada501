import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import type { DataStack } from './data-stack.ts';
import { issuerUrlParameter } from './parameters.ts';
import type { ServiceStack } from './service-stack.ts';

export interface PortalStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly service: ServiceStack;
}

/** The built portal, if it has been built. */
const content = join(import.meta.dirname, '..', 'portal', 'dist');

/** The static portal: a private bucket behind a distribution. Regions without one serve the files from elsewhere. */
export class PortalStack extends Stack {
  constructor(scope: Construct, id: string, props: PortalStackProps) {
    super(scope, id, props);
    const { configuration, data, service } = props;
    const site = new Bucket(this, 'Site', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy: RemovalPolicy.RETAIN,
    }) as IBucket;
    const callable = [
      service.api.api.apiEndpoint,
      issuerUrlParameter(this, configuration),
      `https://${data.evidence.bucketRegionalDomainName}`,
      `https://${data.identity.bucketRegionalDomainName}`,
    ];
    const distribution = new Distribution(this, 'Distribution', {
      comment: `dengyun-${configuration.stage}`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      defaultBehavior: {
        // The regions of `aws-cn` know only the older of the two ways to a private bucket.
        origin:
          configuration.partition === 'aws'
            ? S3BucketOrigin.withOriginAccessControl(site)
            : S3BucketOrigin.withOriginAccessIdentity(site),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: this.securityHeaders(callable),
      },
      // The portal's pages are one file: an address inside it is not missing.
      errorResponses: [403, 404].map((httpStatus) => ({
        httpStatus,
        responseHttpStatus: 200,
        responsePagePath: '/index.html',
        ttl: Duration.minutes(5),
      })),
    });
    if (existsSync(content)) {
      new BucketDeployment(this, 'Content', {
        sources: [Source.asset(content)],
        destinationBucket: site,
        distribution,
      });
    }
    new CfnOutput(this, 'PortalUrl', { value: `https://${distribution.distributionDomainName}` });
  }

  private securityHeaders(callable: readonly string[]): ResponseHeadersPolicy {
    const contentSecurityPolicy = [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      `connect-src 'self' ${callable.join(' ')}`,
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; ');
    return new ResponseHeadersPolicy(this, 'SecurityHeaders', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
    });
  }
}
