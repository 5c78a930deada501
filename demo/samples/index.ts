export { type SampleImage, sampleImage } from './image.ts';
export { samplePdf } from './pdf.ts';
