import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { type Strings, type WorkStrings, zh } from '../strings/zh-CN.ts';

export type Language = 'zh' | 'en';

/** A text that the API gives in both languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

interface Spoken {
  readonly language: Language;
  /** The texts of work are among them inside `WorkTexts`. */
  readonly strings: Strings;
  /** The one of both that is spoken. */
  readonly pick: (text: Bilingual) => string;
  readonly speak: (language: Language) => void;
}

interface Context extends Spoken {
  /** Whether the texts of work are there. */
  readonly worded: boolean;
  readonly wordWork: () => void;
}

const KEPT = 'dengyun.language';
const LanguageContext = createContext<Context | undefined>(undefined);

const publicTexts = async (language: Language) => (language === 'zh' ? zh : (await import('../strings/en.ts')).en);

const workTexts = async (language: Language): Promise<WorkStrings> =>
  (language === 'zh' ? await import('../strings/zh-CN/work.ts') : await import('../strings/en/work.ts')).work;

interface Texts {
  readonly language: Language;
  readonly strings: Strings;
  readonly worded: boolean;
}

async function loadTexts(language: Language, worded: boolean): Promise<Texts> {
  const [texts, work] = await Promise.all([publicTexts(language), worded ? workTexts(language) : undefined]);
  return { language, strings: { ...texts, ...work } as Strings, worded };
}

/** Chinese unless the person chose otherwise here before. */
export const chosenLanguage = (): Language => (localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh');

/** The public texts in Chinese are part of the first load; English comes when it is chosen, what work needs with its first page. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [wanted, want] = useState({ language: chosenLanguage(), worded: false });
  const [spoken, setSpoken] = useState<Texts | undefined>(
    wanted.language === 'zh' ? { ...wanted, strings: zh as unknown as Strings } : undefined,
  );
  useEffect(() => {
    let still = true;
    loadTexts(wanted.language, wanted.worded).then((texts) => still && setSpoken(texts));
    return () => {
      still = false;
    };
  }, [wanted]);
  useEffect(() => {
    if (spoken) document.documentElement.lang = spoken.language === 'zh' ? 'zh-CN' : 'en';
  }, [spoken]);
  if (!spoken) return null;
  const pick = (text: Bilingual) => text[spoken.language];
  const speak = (language: Language) => {
    localStorage.setItem(KEPT, language);
    want(({ worded }) => ({ language, worded }));
  };
  const wordWork = () => want((now) => (now.worded ? now : { ...now, worded: true }));
  return <LanguageContext value={{ ...spoken, pick, speak, wordWork }}>{children}</LanguageContext>;
}

function useTexts(): Context {
  const texts = useContext(LanguageContext);
  if (!texts) throw new Error('there is no language here');
  return texts;
}

export const useLanguage = (): Spoken => useTexts();

/** Whether the texts of work are there; asks for them as long as they are not. */
export function useWorkTexts(): boolean {
  const { worded, wordWork } = useTexts();
  useEffect(() => {
    if (!worded) wordWork();
  });
  return worded;
}
