import { codes as en } from '../strings/en/codes.ts';
import { codes as zh } from '../strings/zh-CN/codes.ts';
import { useLanguage } from './language.tsx';

/** Names of what trails record, in the language spoken; a code that has none stands for itself. */
export function useCodes() {
  const { language, strings } = useLanguage();
  const { actions, states } = language === 'zh' ? zh : en;
  const { entities, roles } = strings.insight;
  return {
    action: (code: string) => actions[code] ?? code,
    state: (code: string) => states[code] ?? code,
    entity: (code: string) => entities[code] ?? code,
    role: (code: string) => roles[code] ?? code,
  };
}
