import type { Language } from '../language/language.tsx';

/** Money of an answer as people in China write it: "1234.50" is "¥1,234.50". Text in, text out: never a float. */
export const money = (yuan: string): string => {
  const [whole = '', decimals = '00'] = yuan.replace('-', '').split('.');
  return `${yuan.startsWith('-') ? '-' : ''}¥${grouped(whole)}.${decimals}`;
};

/** Large totals where fen would be noise: "5000000.00" is "500 万元"; in English "¥5,000,000". */
export const roundMoney = (yuan: string, language: Language): string => {
  const amount = Number(yuan);
  if (language === 'zh' && amount >= 100_000 && Number.isInteger(amount / 100))
    return `${grouped(String(amount / 10_000))} 万元`;
  return yuan.endsWith('.00') ? money(yuan).slice(0, -3) : money(yuan);
};

const grouped = (digits: string) => digits.replace(/\B(?=(?:\d{3})+$)/g, ',');

/** "0.15" as "15%", exactly. */
export const percent = (ratio: string): string => `${Math.round(Number(ratio) * 10_000) / 100}%`;

/** A share of a whole for drawing, 0 to 1. Of pictures only: no amount is computed here. */
export const share = (part: string | number, whole: string | number): number =>
  Number(whole) > 0 ? Math.min(1, Math.max(0, Number(part) / Number(whole))) : 0;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** A business date or moment (+08:00) as its day: "2026年11月26日", "26 November 2026". */
export const day = (date: string, language: Language): string => {
  const [year, month, of] = date.slice(0, 10).split('-').map(Number);
  return language === 'zh' ? `${year}年${month}月${of}日` : `${of} ${MONTHS[(month ?? 1) - 1]} ${year}`;
};

/** A month of an answer, `2026-11`: "2026年11月", "November 2026". */
export const month = (text: string, language: Language): string => {
  const [year, of] = text.split('-').map(Number);
  return language === 'zh' ? `${year}年${of}月` : `${MONTHS[(of ?? 1) - 1]} ${year}`;
};

/** A business date without its year: "11月26日". */
export const shortDay = (date: string, language: Language): string => {
  const [, month, of] = date.slice(0, 10).split('-').map(Number);
  return language === 'zh' ? `${month}月${of}日` : `${of} ${(MONTHS[(month ?? 1) - 1] ?? '').slice(0, 3)}`;
};

/** "11-01" as "11月1日". */
export const monthDay = (text: string, language: Language): string => shortDay(`0000-${text}`, language);

/** A moment to the minute, as the clock in China shows it. */
export const minute = (moment: string, language: Language): string =>
  `${day(moment, language)} ${moment.slice(11, 16)}`;

/** Today in China, whatever the machine's time zone. */
export const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());

/** The size of a file: "860 KB", "7.2 MB". */
export const bytes = (size: number): string =>
  size < 1024 * 1000 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${Math.round(size / 104_857.6) / 10} MB`;
