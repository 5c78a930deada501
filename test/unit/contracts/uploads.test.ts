import { describe, expect, it } from 'vitest';
import { fileErrors } from '../../../contracts/uploads.ts';

describe('a file that somebody chose', () => {
  const licence = (file: Parameters<typeof fileErrors>[1]) =>
    fileErrors('business-licence', file, '/documents/businessLicence').map(({ code, pointer }) => [code, pointer]);
  const at = '/documents/businessLicence';

  it('is refused before it is sent by the rule that would refuse it afterwards', () => {
    expect(licence({ contentType: 'image/heic', size: 9000 })).toEqual([['document-type-not-allowed', at]]);
    expect(licence({ contentType: '', size: 0 })).toEqual([['document-empty', at]]);
    expect(licence({ contentType: 'application/pdf', size: 11 * 1024 * 1024 })).toEqual([['document-too-large', at]]);
    expect(licence({ contentType: 'application/pdf', size: 20 })).toEqual([['document-too-small', at]]);
    expect(licence({ contentType: 'image/jpeg', size: 9000, pixels: { width: 2000, height: 799 } })).toEqual([
      ['document-resolution-too-low', at],
    ]);
    expect(licence({ contentType: 'image/png', size: 9000, pixels: { width: 5000, height: 4000 } })).toEqual([
      ['document-too-many-pixels', at],
    ]);
    expect(licence({ contentType: 'image/jpeg', size: 9000, pixels: { width: 1240, height: 880 } })).toEqual([]);
  });

  it('is no PDF where a card is to be photographed', () => {
    const [error] = fileErrors(
      'id-card-front',
      { contentType: 'application/pdf', size: 9000 },
      '/documents/idCardFront',
    );
    expect(error).toMatchObject({
      code: 'document-type-not-allowed',
      detail: '此类文件只接受以下格式：image/jpeg、image/png。请另存后重新上传。',
    });
  });
});
