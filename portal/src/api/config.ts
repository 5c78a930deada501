import * as z from 'zod';

/** What a deployment tells the portal: `/portal-config.json`, written by the stack or by `npm start`. */
const portalConfig = z.object({
  /** Origin of the API; empty where it is the portal's own. */
  apiUrl: z.string(),
  issuer: z.url(),
  clientId: z.string().min(1),
});
export type PortalConfig = z.infer<typeof portalConfig>;

let loading: Promise<PortalConfig> | undefined;

/** Asked once; asked again after it could not be had. */
export const loadConfig = (): Promise<PortalConfig> => {
  loading ??= fetch('/portal-config.json')
    .then(async (answer) => portalConfig.parse(await answer.json()))
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
};
