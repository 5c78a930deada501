import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RouteContract } from '../../contracts/route.ts';
import type { Configuration } from '../configuration.ts';
import { logRemoval, logRetention } from './service-function.ts';

export interface ServiceApiProps {
  readonly configuration: Configuration;
  /** Every route of the contracts. */
  readonly routes: readonly RouteContract[];
  /** The function of each context. */
  readonly functions: Readonly<Record<RouteContract['context'], IFunction>>;
  readonly issuerUrl: string;
  readonly audience: string;
  /** The one web origin whose pages may call this API. */
  readonly portalOrigin: string;
}

/** Where a route says nothing else: requests a second, over all callers together. */
const DEFAULT_THROTTLE = { rateLimit: 200, burstLimit: 400 };

/** What the portal sends and may read, beside what every page may. */
const REQUEST_HEADERS = [
  'authorization',
  'content-type',
  'dengyun-organisation',
  'idempotency-key',
  'if-match',
  'if-none-match',
];
const EXPOSED_HEADERS = ['etag', 'idempotency-replayed', 'retry-after', 'x-request-id'];

/** Who asked is not in it, nor from where: the trail of the data says who did what. */
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  error: '$context.error.responseType',
});

/** The HTTP API: every route of the contracts, declared where its authorization and its throttling can be seen. */
export class ServiceApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: ServiceApiProps) {
    super(scope, id);
    const { configuration, routes, functions } = props;
    this.api = new HttpApi(this, 'Api', {
      apiName: `dengyun-${configuration.stage}`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: [props.portalOrigin],
        allowMethods: [
          CorsHttpMethod.GET,
          CorsHttpMethod.POST,
          CorsHttpMethod.PUT,
          CorsHttpMethod.PATCH,
          CorsHttpMethod.DELETE,
        ],
        allowHeaders: REQUEST_HEADERS,
        exposeHeaders: EXPOSED_HEADERS,
        maxAge: Duration.hours(1),
      },
    });
    const token = new HttpJwtAuthorizer('Issuer', props.issuerUrl, { jwtAudience: [props.audience] });
    const nobody = new HttpNoneAuthorizer();
    const integrations = new Map<string, HttpLambdaIntegration>();
    const integrationOf = (context: RouteContract['context']) => {
      const made =
        integrations.get(context) ??
        new HttpLambdaIntegration(context, functions[context], { scopePermissionToRoute: false });
      integrations.set(context, made);
      return made;
    };

    const declared = routes.flatMap((route) =>
      this.api.addRoutes({
        path: route.path,
        methods: [HttpMethod[route.method]],
        integration: integrationOf(route.context),
        authorizer: 'public' in route.access && configuration.unauthenticatedRoutes ? nobody : token,
      }),
    );

    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: DEFAULT_THROTTLE,
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            logGroupName: `/aws/vendedlogs/http/dengyun-${configuration.stage}`,
            retention: logRetention(configuration),
            removalPolicy: logRemoval(configuration),
          }),
        ),
        format: AccessLogFormat.custom(ACCESS_LOG),
      },
    });
    const throttled = routes.flatMap(({ method, path, throttle }) =>
      throttle
        ? [[`${method} ${path}`, { ThrottlingRateLimit: throttle.rate, ThrottlingBurstLimit: throttle.burst }] as const]
        : [],
    );
    const resource = stage.node.defaultChild;
    if (!(resource instanceof CfnStage)) throw new Error('the stage has no resource');
    resource.routeSettings = Object.fromEntries(throttled);
    // Settings of a route that does not exist yet are refused.
    resource.node.addDependency(...declared);
  }
}
