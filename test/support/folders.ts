import { rm } from 'node:fs/promises';

/** Removes a folder with all there is in it. A process that has just ended may still be writing its last file. */
export const removeFolder = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
