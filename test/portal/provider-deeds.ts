import type { Page } from 'playwright-core';
import { samplePdf } from '../../demo/samples/index.ts';

/** What people do on a provider's pages, as they do it everywhere on them. */

/** A file as somebody has it on a disk; another name is another content. */
export const paper = (name: string, content = name) => ({
  name: `${name}.pdf`,
  mimeType: 'application/pdf',
  buffer: Buffer.from(samplePdf([content, '登云演示文件'])),
});

/** Chooses a file in a field and waits until the system has taken it. */
export async function upload(page: Page, field: string, name: string): Promise<void> {
  const place = page.locator('.upload', { hasText: field }).first();
  await place.locator('input[type=file]').first().setInputFiles(paper(name));
  await place.getByText('已上传并通过内容检查').waitFor();
}
