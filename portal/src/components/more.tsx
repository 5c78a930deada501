import { useLanguage } from '../language/language.tsx';
import { Button } from './button.tsx';

interface MoreProps {
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
}

/** The next page of a list, if there is one. */
export function More({ list }: MoreProps) {
  const { strings } = useLanguage();
  if (!list.hasNextPage) return null;
  return (
    <p className="more">
      <Button look="quiet" disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
        {list.isFetchingNextPage ? strings.states.loading : strings.states.more}
      </Button>
    </p>
  );
}
