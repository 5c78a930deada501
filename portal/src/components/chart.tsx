import { type ReactNode, useEffect, useRef } from 'react';
import { type Measure, shortValue } from '../format/measure.ts';
import { useLanguage } from '../language/language.tsx';
import type { Drawing, Shape } from './chart-drawing.ts';
import { Table } from './table.tsx';
import '../styles/chart.css';

/** One thing that is drawn of every row. */
export interface Series<T> {
  readonly title: string;
  /** For the picture alone; undefined is a gap. No amount is computed of it. */
  readonly value: (row: T) => number | undefined;
  /** The same as the table says it, exact. */
  readonly text: (row: T) => string;
  /** Not measured but expected: a dashed line. */
  readonly expected?: boolean;
}

interface ChartProps<T> {
  /** What is to be seen, in a few words: it stands over the picture and is what a reader of the screen hears. */
  readonly title: string;
  readonly shape: Shape;
  readonly measure: Measure;
  readonly rows: readonly T[];
  /** What names a row, each another, and the title of these names. */
  readonly label: (row: T) => string;
  readonly labelTitle: string;
  readonly series: readonly Series<T>[];
  /** What the table says beside and nobody draws. */
  readonly more?: readonly { readonly title: string; readonly text: (row: T) => string }[];
  /** A limit drawn across. */
  readonly limit?: { readonly title: string; readonly value: number };
  /** Beside the picture's title. */
  readonly children?: ReactNode;
}

/**
 * A picture of figures with the figures themselves: everything that is drawn can be read in the table behind it, by eye,
 * by keyboard and by a reader. The library comes with the first picture, and without it there is still the table.
 */
export function Chart<T>({
  title,
  shape,
  measure,
  rows,
  label,
  labelTitle,
  series,
  more = [],
  limit,
  children,
}: ChartProps<T>) {
  const { strings, language } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  // As a text, so that what is drawn anew is what changed.
  const drawn = JSON.stringify({
    shape,
    labels: rows.map(label),
    series: series.map(({ title, value, expected }) => ({
      title,
      values: rows.map((row) => value(row) ?? null),
      ...(expected ? { expected } : {}),
    })),
    ...(limit ? { limit } : {}),
  } satisfies Omit<Drawing, 'say'>);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let letGo: (() => void) | undefined;
    let gone = false;
    import('./chart-drawing.ts').then(
      ({ draw }) => {
        if (gone) return;
        letGo = draw(element, { ...JSON.parse(drawn), say: (value) => shortValue(value, measure, language) });
        element.dataset.drawn = 'yes';
      },
      // Without a connection: the table says it all.
      () => element.setAttribute('hidden', ''),
    );
    return () => {
      gone = true;
      letGo?.();
    };
  }, [drawn, measure, language]);
  return (
    <figure className="chart card">
      <figcaption>
        <span>{title}</span>
        {children}
      </figcaption>
      <div
        ref={place}
        className="chart-picture"
        role="img"
        aria-label={`${title} ${strings.insight.chart.inTable}`}
        {...(shape === 'rows' || shape === 'stacked-rows' ? { style: { height: `${rows.length * 30 + 60}px` } } : {})}
      />
      <details className="chart-table">
        <summary>{strings.insight.chart.asTable}</summary>
        <Table
          caption={title}
          rows={rows}
          keyOf={label}
          columns={[
            { title: labelTitle, cell: label },
            ...[...series, ...more].map(({ title, text }) => ({ title, cell: text, figures: true })),
          ]}
        />
      </details>
    </figure>
  );
}
