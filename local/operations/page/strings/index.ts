import { en } from './en.ts';
import { zh } from './zh.ts';

const KEY = 'operations-language';
const isEnglish = localStorage.getItem(KEY) === 'en';

/** Every word of the page, in the chosen language: Chinese unless the person switched. */
export const words = isEnglish ? en : zh;
document.documentElement.lang = isEnglish ? 'en' : 'zh-CN';

export function switchLanguage(): void {
  localStorage.setItem(KEY, isEnglish ? 'zh' : 'en');
  location.reload();
}

/** The word for a status or an outcome; what has none is shown as it is. */
export const wordFor = (key: string): string => Object.entries(words).find(([name]) => name === key)?.[1] ?? key;
