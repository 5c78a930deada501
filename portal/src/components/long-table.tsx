import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import { Button } from './button.tsx';
import { FailureSentence } from './states.tsx';
import type { Column } from './table.tsx';
import '../styles/long-table.css';

interface LongTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  /** The list as `useList` gives it. */
  readonly list: {
    readonly items: readonly T[];
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly error: unknown;
    readonly fetchNextPage: () => unknown;
  };
  /** Names a row; its place in the list, for rows that are told apart by nothing else. */
  readonly keyOf: (row: T, index: number) => string;
  /** About how high a row is; each is measured when it is seen. */
  readonly rowHeight?: number;
}

/** Rows that are ready above and below what is seen. */
const AHEAD = 12;

/**
 * A table of any length: only the rows around what is seen are there, and the next page is asked for before its end is
 * reached. It scrolls with the page, its titles stay; on a phone its rows are cards, as of every table.
 */
export function LongTable<T>({ caption, columns, list, keyOf, rowHeight = 52 }: LongTableProps<T>) {
  const { strings } = useLanguage();
  const text = strings.insight.longTable;
  const { items, hasNextPage, isFetchingNextPage, error, fetchNextPage } = list;
  const table = useRef<HTMLTableElement>(null);
  const top = useTopOf(table);
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => rowHeight,
    overscan: AHEAD,
    scrollMargin: top,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item, index);
    },
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !error && last >= items.length - AHEAD) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, error, fetchNextPage, last, items.length]);
  const above = (shown[0]?.start ?? top) - top;
  const below = rows.getTotalSize() - ((shown.at(-1)?.end ?? top) - top);
  return (
    <div className="long-table">
      <table ref={table} className="table" aria-rowcount={hasNextPage ? -1 : items.length + 1}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ title, figures }) => (
              <th key={title} scope="col" className={figures ? 'figures' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={above} columns={columns.length} />
          {shown.map(({ index, key }) => {
            const row = items[index];
            return (
              row !== undefined && (
                <tr key={key} ref={rows.measureElement} data-index={index} aria-rowindex={index + 2}>
                  {columns.map(({ title, cell, figures }) => (
                    <td key={title} data-title={title} className={figures ? 'figures' : undefined}>
                      <div>{cell(row)}</div>
                    </td>
                  ))}
                </tr>
              )
            );
          })}
          <Gap height={below} columns={columns.length} />
        </tbody>
      </table>
      <p className="quiet long-table-count" role="status">
        {error ? (
          <>
            <FailureSentence error={error} />{' '}
            <Button look="quiet" onClick={() => fetchNextPage()}>
              {strings.states.retry}
            </Button>
          </>
        ) : hasNextPage ? (
          text.loaded(items.length)
        ) : (
          text.all(items.length)
        )}
      </p>
    </div>
  );
}

/** Where an element begins on the page: what stands above it comes and goes. */
function useTopOf(place: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const look = () => setTop(Math.round(element.getBoundingClientRect().top + scrollY));
    look();
    const changes = new ResizeObserver(look);
    changes.observe(document.body);
    return () => changes.disconnect();
  }, [place]);
  return top;
}

/** Where the rows are that aren't there. */
const Gap = ({ height, columns }: { readonly height: number; readonly columns: number }) =>
  height > 0 && (
    <tr className="long-table-gap">
      <td colSpan={columns} style={{ height: `${height}px` }} />
    </tr>
  );
