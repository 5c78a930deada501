import { describe, expect, test } from 'vitest';
import { sampleImage, samplePdf } from '../../../demo/samples/index.ts';

describe('sample files', () => {
  test.each(['png', 'jpeg'] as const)('the same %s for the same wish, another for another seed', (kind) => {
    const wish = { kind, width: 200, height: 150, seed: 4 };
    expect(sampleImage(wish)).toEqual(sampleImage(wish));
    expect(sampleImage({ ...wish, seed: 5 })).not.toEqual(sampleImage(wish));
  });

  test('the same PDF for the same lines, Chinese ones included', () => {
    expect(samplePdf(['合同', 'No. 1'])).toEqual(samplePdf(['合同', 'No. 1']));
    expect(samplePdf(['合同', 'No. 2'])).not.toEqual(samplePdf(['合同', 'No. 1']));
    expect(new TextDecoder().decode(samplePdf(['合同']))).toContain('<5408540c> Tj');
  });
});
