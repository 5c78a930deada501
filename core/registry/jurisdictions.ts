import * as z from 'zod';

/** Division code of the region: regional officers, finance officers, auditors and inspectors have it for their jurisdiction. */
export const REGION = '150000';

/** The 14 industry offices that review: 12 leagues and cities, and Manzhouli and Erenhot, by division code (GB/T 2260). */
export const jurisdictions = {
  '150100': { zh: '呼和浩特市', en: 'Hohhot' },
  '150200': { zh: '包头市', en: 'Baotou' },
  '150300': { zh: '乌海市', en: 'Wuhai' },
  '150400': { zh: '赤峰市', en: 'Chifeng' },
  '150500': { zh: '通辽市', en: 'Tongliao' },
  '150600': { zh: '鄂尔多斯市', en: 'Ordos' },
  '150700': { zh: '呼伦贝尔市', en: 'Hulunbuir' },
  '150781': { zh: '满洲里市', en: 'Manzhouli' },
  '150800': { zh: '巴彦淖尔市', en: 'Bayannur' },
  '150900': { zh: '乌兰察布市', en: 'Ulanqab' },
  '152200': { zh: '兴安盟', en: 'Hinggan League' },
  '152500': { zh: '锡林郭勒盟', en: 'Xilingol League' },
  '152501': { zh: '二连浩特市', en: 'Erenhot' },
  '152900': { zh: '阿拉善盟', en: 'Alxa League' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Jurisdiction = keyof typeof jurisdictions;

export const jurisdictionSchema = z.enum(Object.keys(jurisdictions) as Jurisdiction[]);

/** Names of a jurisdiction, or of the region that some staff serve as a whole. */
export const jurisdictionName = (code: Jurisdiction | typeof REGION): { readonly zh: string; readonly en: string } =>
  code === REGION ? { zh: '内蒙古自治区', en: 'Inner Mongolia Autonomous Region' } : jurisdictions[code];

/** Whether a code is one of the 14. */
export const isJurisdiction = (code: string): code is Jurisdiction => Object.hasOwn(jurisdictions, code);

/**
 * The office in charge of a 6-digit division inside the region: Manzhouli and Erenhot are in charge of themselves,
 * every other county of the league or city around it. Undefined outside the region and for the region itself.
 */
export const jurisdictionOf = (divisionCode: string): Jurisdiction | undefined =>
  /^\d{6}$/.test(divisionCode) ? [divisionCode, `${divisionCode.slice(0, 4)}00`].find(isJurisdiction) : undefined;
