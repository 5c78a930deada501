import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '../local/main.ts';
import { ensureAssembly } from '../local/synth.ts';
import { root } from './assembly.ts';

/** The portal as static files, built unless it is there for exactly these sources. Returns its folder. */
export const buildPortal = (log?: (message: string) => void): Promise<string> =>
  ensureAssembly({
    entry: join(root, 'portal/build.ts'),
    out: join(root, '.data/portals'),
    inputs: [
      'portal/src',
      'portal/public',
      'portal/index.html',
      'portal/vite.config.ts',
      'portal/build.ts',
      'contracts',
      'core',
      'package-lock.json',
      'node_modules/.package-lock.json',
    ].map((path) => join(root, path)),
    ...(log ? { log } : {}),
  });

interface Addresses {
  readonly issuer: string;
  /** Where documents are uploaded to. */
  readonly objects: string;
  readonly clientId: string;
}

interface SecurityHeaders {
  readonly contentSecurityPolicy: Readonly<Record<string, readonly string[]>>;
}

/**
 * The built portal as this machine serves it: on the origin of the API, under the same policy that the distribution in the
 * cloud sends, with the addresses of this system.
 */
export function portalSite(folder: string, { issuer, objects, clientId }: Addresses): Site {
  const { contentSecurityPolicy }: SecurityHeaders = JSON.parse(
    readFileSync(join(root, 'portal/security-headers.json'), 'utf8'),
  );
  const policy = Object.entries(contentSecurityPolicy).map(([directive, sources]) =>
    [directive, ...sources, ...(directive === 'connect-src' ? [issuer, objects] : [])].join(' '),
  );
  return {
    folder,
    headers: {
      'content-security-policy': policy.join('; '),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    },
    files: { '/portal-config.json': JSON.stringify({ apiUrl: '', issuer, clientId }) },
  };
}
