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

/** An empty canvas of this size on the page. */
export function sheetOf(width: number, height: number, sharp: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * sharp));
  canvas.height = Math.max(1, Math.round(height * sharp));
  canvas.style.width = `${Math.round(width)}px`;
  canvas.style.height = `${Math.round(height)}px`;
  return canvas;
}
