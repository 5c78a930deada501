import type { Language } from '../language/language.tsx';

/** What a drawn value is. */
export type Measure = 'money' | 'count' | 'days';

/** A value at an axis, short. Of pictures only: what is exact stands in the table beside them. */
export const shortValue = (value: number, measure: Measure, language: Language): string =>
  measure === 'money'
    ? shortMoney(value, language)
    : measure === 'days'
      ? `${rounded(value)}${language === 'zh' ? ' 天' : ' d'}`
      : value.toLocaleString('en-US');

const shortMoney = (yuan: number, language: Language): string => {
  const [size, unit] =
    language === 'zh'
      ? yuan >= 1e8
        ? ([1e8, ' 亿元'] as const)
        : yuan >= 1e4
          ? ([1e4, ' 万元'] as const)
          : ([1, ' 元'] as const)
      : yuan >= 1e6
        ? ([1e6, 'M'] as const)
        : yuan >= 1e3
          ? ([1e3, 'K'] as const)
          : ([1, ''] as const);
  return `${language === 'zh' ? '' : '¥'}${rounded(yuan / size)}${unit}`;
};

const rounded = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 });
