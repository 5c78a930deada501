import { useNavigate, useParams, useSearch } from '@tanstack/react-router';

/** The parameters of the address, as texts. */
export const useAddress = (): Readonly<Record<string, string | undefined>> => useParams({ strict: false });

/** What stands behind the question mark, and how to change it: what was filtered can be shared and returned to. */
export function useQuestion() {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const ask = (changes: Readonly<Record<string, string | undefined>>) =>
    navigate({ to: '.', search: { ...search, ...changes }, replace: true, resetScroll: false });
  return [search, ask] as const;
}
