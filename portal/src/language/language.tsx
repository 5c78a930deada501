import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { type Strings, zh } from '../strings/zh-CN.ts';

export type Language = 'zh' | 'en';

/** A text that the API gives in both languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

interface Spoken {
  readonly language: Language;
  readonly strings: Strings;
  /** The one of both that is spoken. */
  readonly pick: (text: Bilingual) => string;
  readonly speak: (language: Language) => void;
}

const KEPT = 'dengyun.language';
const LanguageContext = createContext<Spoken | undefined>(undefined);

const loadStrings = async (language: Language): Promise<Strings> =>
  language === 'zh' ? zh : (await import('../strings/en.ts')).en;

/** Chinese unless the person chose otherwise here before. */
export const chosenLanguage = (): Language => (localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh');

/** Chinese is part of the first load; English comes when it is chosen. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [spoken, setSpoken] = useState<{ language: Language; strings: Strings } | undefined>(
    chosenLanguage() === 'zh' ? { language: 'zh', strings: zh } : undefined,
  );
  const speak = (language: Language) => {
    localStorage.setItem(KEPT, language);
    loadStrings(language).then((strings) => setSpoken({ language, strings }));
  };
  useEffect(() => {
    if (!spoken) loadStrings('en').then((strings) => setSpoken({ language: 'en', strings }));
  }, [spoken]);
  useEffect(() => {
    if (spoken) document.documentElement.lang = spoken.language === 'zh' ? 'zh-CN' : 'en';
  }, [spoken]);
  if (!spoken) return null;
  const pick = (text: Bilingual) => text[spoken.language];
  return <LanguageContext value={{ ...spoken, pick, speak }}>{children}</LanguageContext>;
}

export function useLanguage(): Spoken {
  const spoken = useContext(LanguageContext);
  if (!spoken) throw new Error('there is no language here');
  return spoken;
}
