import { CfnParameter, type Stack } from 'aws-cdk-lib/core';
import type { Configuration } from './configuration.ts';

/** Addresses that a deployment decides, and not the assembly: the same templates serve every environment of a stage. */
const parameter = (stack: Stack, name: string, description: string, given: string | undefined): string =>
  new CfnParameter(stack, name, {
    type: 'String',
    description,
    minLength: 1,
    ...(given === undefined ? {} : { default: given }),
  }).valueAsString;

export const portalOriginParameter = (stack: Stack, { portalOrigin }: Configuration): string =>
  parameter(stack, 'PortalOrigin', 'Origin of the portal (https://…), which may call the API and upload', portalOrigin);

export const issuerUrlParameter = (stack: Stack, { issuerUrl }: Configuration): string =>
  parameter(stack, 'IssuerUrl', 'Issuer of the tokens: any OpenID Connect provider', issuerUrl);

export const audienceParameter = (stack: Stack, { audience }: Configuration): string =>
  parameter(stack, 'Audience', 'Audience that the tokens are made out for', audience);

export const portalClientParameter = (stack: Stack): string =>
  parameter(stack, 'PortalClientId', 'Client by which the portal is known to the issuer', 'dengyun-portal');
