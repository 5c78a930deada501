import { existsSync, readFileSync } from 'node:fs';
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
import { Annotations, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import type { DataStack } from './data-stack.ts';
import { issuerUrlParameter, portalClientParameter } from './parameters.ts';
import type { ServiceStack } from './service-stack.ts';

export interface PortalStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly service: ServiceStack;
  /** Folder of the built portal; `portal/dist` unless a test says otherwise. */
  readonly content?: string;
}

const portal = join(import.meta.dirname, '..', 'portal');

/** What every page is served under, here and on one machine. */
interface SecurityHeaders {
  readonly contentSecurityPolicy: Readonly<Record<string, readonly string[]>>;
}

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
    const content = props.content ?? join(portal, 'dist');
    const apiUrl = service.api.api.apiEndpoint;
    const issuer = issuerUrlParameter(this, configuration);
    const callable = [
      apiUrl,
      issuer,
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
    if (existsSync(join(content, 'index.html'))) {
      const config = { apiUrl, issuer, clientId: portalClientParameter(this) };
      new BucketDeployment(this, 'Content', {
        sources: [Source.asset(content), Source.jsonData('portal-config.json', config)],
        destinationBucket: site,
        distribution,
      });
    } else {
      Annotations.of(this).addWarningV2('dengyun:portal-not-built', 'The portal is not built: npm run build');
    }
    new CfnOutput(this, 'PortalUrl', { value: `https://${distribution.distributionDomainName}` });
  }

  private securityHeaders(callable: readonly string[]): ResponseHeadersPolicy {
    const headers: SecurityHeaders = JSON.parse(readFileSync(join(portal, 'security-headers.json'), 'utf8'));
    const contentSecurityPolicy = Object.entries(headers.contentSecurityPolicy)
      .map(([directive, sources]) =>
        [directive, ...sources, ...(directive === 'connect-src' ? callable : [])].join(' '),
      )
      .join('; ');
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
