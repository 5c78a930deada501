import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { type Sheets, sharpness, sheetOf } from './sheets.ts';

GlobalWorkerOptions.workerSrc = workerUrl;

/** A PDF, read by a worker of its own; loaded with the first that is opened. */
export async function openPdf(content: Blob): Promise<Sheets> {
  const reading = getDocument({
    data: await content.arrayBuffer(),
    cMapUrl: '/pdf/cmaps/',
    wasmUrl: '/pdf/wasm/',
    // The content security policy compiles nothing: the decoders are plain script.
    useWasm: false,
    useWorkerFetch: true,
    enableXfa: false,
  });
  const pdf = await reading.promise;
  return {
    count: pdf.numPages,
    async draw(sheet, { width, turns }) {
      const page = await pdf.getPage(sheet);
      const rotation = (page.rotate + turns * 90) % 360;
      const scale = width / page.getViewport({ scale: 1 }).width;
      const onPage = page.getViewport({ scale, rotation });
      const sharp = sharpness(onPage.width, onPage.height);
      const canvas = sheetOf(onPage.width, onPage.height, sharp);
      await page.render({ canvas, viewport: page.getViewport({ scale: scale * sharp, rotation }) }).promise;
      return canvas;
    },
    close: () => {
      reading.destroy();
    },
  };
}
