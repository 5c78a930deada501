import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import * as z from 'zod';

const keysSchema = z.object({
  /** Private keys: what is published of them, the issuer decides itself. */
  jwks: z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal('RSA') })).min(1) }),
  cookieKeys: z.array(z.string()).min(1),
});

export type IssuerKeys = z.infer<typeof keysSchema>;

/** The keys kept in `dataDir`, made there at the first start: with them, tokens stay valid over a restart. */
export async function loadKeys(dataDir: string): Promise<IssuerKeys> {
  const path = join(dataDir, 'issuer-keys.json');
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (kept !== undefined) {
    await chmod(path, 0o600);
    return keysSchema.parse(JSON.parse(kept));
  }
  const keys = await makeKeys();
  await mkdir(dataDir, { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, JSON.stringify(keys), { mode: 0o600, flush: true });
  await rename(temporary, path);
  return keys;
}

async function makeKeys(): Promise<IssuerKeys> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    jwks: { keys: [{ ...jwk, kty: 'RSA', kid, alg: 'RS256', use: 'sig' }] },
    cookieKeys: [randomBytes(32).toString('base64url')],
  };
}
