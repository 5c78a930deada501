import { type Sheets, sharpness, sheetOf } from './sheets.ts';

/** @throws Error when the content is not what it says it is. */
export async function openSheets(content: Blob): Promise<Sheets> {
  if (content.type === 'application/pdf') return (await import('./pdf-sheets.ts')).openPdf(content);
  return openImage(content);
}

async function openImage(content: Blob): Promise<Sheets> {
  const image = await createImageBitmap(content);
  return {
    count: 1,
    async draw(_, { width, turns }) {
      const height = (width * image.height) / image.width;
      const sharp = sharpness(width, height);
      const lying = turns % 2 === 1;
      const canvas = sheetOf(lying ? height : width, lying ? width : height, sharp);
      const context = canvas.getContext('2d');
      context?.translate(canvas.width / 2, canvas.height / 2);
      context?.rotate((turns * Math.PI) / 2);
      context?.scale(sharp, sharp);
      context?.drawImage(image, -width / 2, -height / 2, width, height);
      return canvas;
    },
    close: () => image.close(),
  };
}
