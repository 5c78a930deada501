import type { documents as shape } from '../zh-CN/documents.ts';

export const documents: typeof shape = {
  title: 'Documents',
  none: 'No documents.',
  tools: 'Look at the document',
  smaller: 'Smaller',
  larger: 'Larger',
  fit: 'Fit the width',
  turn: 'Turn right',
  before: 'Page before',
  after: 'Next page',
  sheet: (sheet, of) => `Page ${sheet} of ${of}`,
  download: 'Download the file',
  broken: 'This file cannot be shown here; download it to look at it.',
  recorded: 'Identity cards are sensitive: every look is recorded, and nothing is kept once you leave.',
  look: (label) => `Show ${label}`,
  back: 'Go back',
};
