/** How a sheet is looked at. */
export interface View {
  /** Its width upright, in pixels of the page. */
  readonly width: number;
  /** Clockwise, in quarters. */
  readonly turns: number;
}

/** A document as sheets that can be drawn: the one of an image, or the pages of a PDF. */
export interface Sheets {
  readonly count: number;
  /** A sheet, counted from 1, as a new canvas. */
  draw(sheet: number, view: View): Promise<HTMLCanvasElement>;
  close(): void;
}

/** More pixels than this no browser of a phone draws. */
const MOST_PIXELS = 16_000_000;

/** Pixels drawn for a pixel of the page: sharp where the screen is, and never more than can be drawn. */
export const sharpness = (width: number, height: number): number =>
  Math.min(devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (width * height)));

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

/** An empty canvas of this size on the page. */
export function sheetOf(width: number, height: number, sharp: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * sharp));
  canvas.height = Math.max(1, Math.round(height * sharp));
  canvas.style.width = `${Math.round(width)}px`;
  canvas.style.height = `${Math.round(height)}px`;
  return canvas;
}
