import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `npm start` keeps: DENGYUN_DATA, else below this repository. */
export const dataFolder = process.env.DENGYUN_DATA ?? join(dirname(fileURLToPath(import.meta.url)), '../.data/system');

/** A folder as it was typed: `npm run` steps into this repository first, and says where it came from. */
export const typedFolder = (path: string) => resolve(process.env.INIT_CWD ?? '.', path);
