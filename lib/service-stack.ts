import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { routes } from '../contracts/routes.ts';
import { raiseAlarms } from './alarms.ts';
import type { Configuration } from './configuration.ts';
import { ServiceApi } from './constructs/http-api.ts';
import type { DataStack } from './data-stack.ts';
import { createFunctions, letFunctionsUse } from './functions.ts';
import { audienceParameter, issuerUrlParameter, portalOriginParameter } from './parameters.ts';
import { type FunctionName, forEachFunction } from './permissions.ts';
import { serveWaitingLists, surveyYearEnd, sweepDeadlines } from './schedules.ts';
import { feedFromStream } from './streams.ts';
import { createWorkflows } from './workflows.ts';

export interface ServiceStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  /** The code of every function. */
  readonly code: Readonly<Record<FunctionName, Code>>;
}

/** What runs: functions → state machines → API → schedules → alarms. */
export class ServiceStack extends Stack {
  readonly api: ServiceApi;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { configuration, data, code } = props;

    const functions = createFunctions(this, { configuration, data, code });
    const workflows = createWorkflows(this, configuration, functions);
    letFunctionsUse(functions, workflows);
    const { deadLetters } = feedFromStream(this, configuration, functions, data);

    this.api = new ServiceApi(this, 'Api', {
      configuration,
      routes,
      functions: forEachFunction((name) => functions[name].function),
      issuerUrl: issuerUrlParameter(this, configuration),
      audience: audienceParameter(this, configuration),
      portalOrigin: portalOriginParameter(this, configuration),
    });

    sweepDeadlines(this, configuration, functions, deadLetters);
    serveWaitingLists(this, configuration, functions, deadLetters);
    surveyYearEnd(this, configuration, functions, deadLetters);
    raiseAlarms(this, { configuration, functions, workflows, api: this.api.api, table: data.table, deadLetters });
  }
}
