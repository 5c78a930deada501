import type { Strings } from '../zh-CN.ts';

/** What every form says around what it sends. */
export const commands: Strings['commands'] = {
  sending: 'Sending…',
  unsaved: 'There are changes that are not saved',
  kept: 'What you typed is still here. Read what it is now, check it, and send again.',
  readAgain: 'Read what it is now',
};
