import type { Strings } from '../zh-CN.ts';

/** Texts of choosing, sending and viewing files. */
export const upload: Strings['upload'] = {
  choose: 'Choose a file',
  camera: 'Take a photograph',
  drop: 'or drop it here',
  replace: 'Choose another file',
  stop: 'Stop',
  again: 'Send again',
  or: ' or ',
  limits: (types, size) => `${types}, at most ${size}; `,
  pixels: (least) => `the shorter side of an image at least ${least} pixels.`,
  types: { 'image/jpeg': 'JPG', 'image/png': 'PNG', 'application/pdf': 'PDF' },
  looking: 'Looking at the file…',
  sending: 'Sending…',
  checking: 'Sent; its content is being checked…',
  accepted: 'Uploaded, and its content was accepted',
  refused: 'Not accepted',
  failed: 'It did not arrive. The file is still here.',
  stopped: 'Stopped.',
  shrunk: (before, after) =>
    `The photograph was reduced from ${before} to ${after} before it was sent; it is as legible.`,
  preview: (label) => `Preview: ${label}`,
  hints: {
    blurred: 'This looks a little blurred. Make sure that every character can be read, or take it again.',
    dark: 'This is rather dark. Take it again in better light.',
    bright: 'This is almost white: a reflection, or too much light. Take it again at another angle.',
    small: 'Just enough pixels. Look closely whether the small print can be read.',
  },
  legible: 'The picture looks sharp.',
  view: 'Open the file',
  viewNamed: (name) => `Open the file ${name}`,
};
