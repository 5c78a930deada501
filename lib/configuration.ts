import * as z from 'zod';

/** Where and how one stage of the system is deployed. */
export interface Configuration {
  /** Part of every name, so that several stages live in one account. */
  readonly stage: string;
  readonly partition: 'aws' | 'aws-cn';
  /** Absent: whatever the deploying credentials say. */
  readonly account?: string;
  readonly region?: string;
  /** Default of the parameter `IssuerUrl`. */
  readonly issuerUrl?: string;
  /** Default of the parameter `Audience`. */
  readonly audience?: string;
  /** Default of the parameter `PortalOrigin`. */
  readonly portalOrigin?: string;
  /** Who is told when an alarm goes off. */
  readonly alarmEmail?: string;
  /** Whether the gateway may answer without a token: in `aws-cn` only accounts with an ICP licence may. */
  readonly unauthenticatedRoutes: boolean;
  /** Whether the static portal is deployed here. */
  readonly portal: boolean;
  /** Shards that a year's pool gets with what first comes into it; those of earlier years keep theirs. */
  readonly poolShards: number;
  /** Logs are kept for three years, and go with nothing. */
  readonly production: boolean;
}

const flag = z.union([z.boolean(), z.stringbool()]);
const text = z.string().trim().min(1);

/** Settings as the CDK context (`-c name=value`) or the environment gives them. */
const settingsSchema = z.strictObject({
  stage: z
    .string()
    .regex(/^(dev|test|prod)[a-z0-9]{0,8}(-cn)?$/)
    .default('dev'),
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  region: text.optional(),
  issuerUrl: z.url().optional(),
  audience: text.optional(),
  portalOrigin: z.url().optional(),
  alarmEmail: z.email().optional(),
  icpLicence: flag.default(false),
  portal: flag.optional(),
  poolShards: z.coerce.number().int().min(1).max(64).default(8),
});

export type SettingName = keyof z.input<typeof settingsSchema>;
const settingNames = Object.keys(settingsSchema.shape) as SettingName[];

/**
 * Reads the settings of a stage. A stage that ends in `-cn` is one of the partition `aws-cn`.
 * Throws an error that names the setting which is not what it must be.
 */
export function readConfiguration(setting: (name: SettingName) => unknown): Configuration {
  const given = Object.fromEntries(
    settingNames.map((name) => [name, setting(name)]).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) throw new Error(`configuration: ${z.prettifyError(parsed.error)}`);
  const { icpLicence, portal, region: chosen, ...settings } = parsed.data;
  const china = settings.stage.endsWith('-cn');
  const region = chosen ?? (china ? 'cn-north-1' : undefined);
  if (region && region.startsWith('cn-') !== china) {
    throw new Error(`configuration: region ${region} is not one of the partition of stage ${settings.stage}`);
  }
  return {
    ...withoutUndefined(settings),
    ...(region ? { region } : {}),
    partition: china ? 'aws-cn' : 'aws',
    unauthenticatedRoutes: !china || icpLicence,
    portal: portal ?? !china,
    production: settings.stage.startsWith('prod'),
  };
}

/** `stage` as `DENGYUN_STAGE`, `issuerUrl` as `DENGYUN_ISSUER_URL`. */
export const environmentName = (name: SettingName): string =>
  `DENGYUN_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

type WithoutUndefined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

const withoutUndefined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as WithoutUndefined<T>;
