import type { CSSProperties } from 'react';
import type { Jurisdiction } from '../../../contracts/names.ts';
import { money, percent, share } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';
import '../styles/tile-map.css';

/** Column and row of each place, roughly where it lies: from Alxa in the west to Hulunbuir in the north-east. */
const places: Readonly<Record<Jurisdiction, readonly [column: number, row: number]>> = {
  '150781': [6, 1],
  '150700': [7, 1],
  '152501': [4, 2],
  '152500': [5, 2],
  '152200': [7, 2],
  '150800': [2, 3],
  '150200': [3, 3],
  '150900': [4, 3],
  '150400': [6, 3],
  '150500': [7, 3],
  '152900': [1, 4],
  '150300': [2, 4],
  '150600': [3, 4],
  '150100': [4, 4],
};

/** Shades of a tile: none for nothing, then by its part of the largest. */
const SHADES = 4;

export interface Tile {
  readonly jurisdiction: Jurisdiction;
  readonly amount: string;
  readonly count: string;
}

interface TileMapProps {
  readonly tiles: readonly Tile[];
  /** The sum of all, for their shares. */
  readonly total: string;
}

/** The 14 jurisdictions as tiles with their figures. Shades repeat what the figures say; a phone lists them by amount. */
export function TileMap({ tiles, total }: TileMapProps) {
  const { strings } = useLanguage();
  const names = useNames();
  const text = strings.insight.tiles;
  const largest = Math.max(...tiles.map(({ amount }) => Number(amount)));
  const ordered = tiles.toSorted((a, b) => Number(b.amount) - Number(a.amount));
  return (
    <div className="card tile-map-card">
      <ol className="tile-map">
        {ordered.map(({ jurisdiction, amount, count }) => {
          const [column, row] = places[jurisdiction];
          const shade = Math.ceil(share(amount, largest) * SHADES);
          return (
            <li
              key={jurisdiction}
              className={`tile tile-${shade}`}
              style={{ '--column': column, '--row': row } as CSSProperties}
            >
              <strong>{names.jurisdiction(jurisdiction)}</strong>
              <span className="figures">{money(amount)}</span>
              <span className="tile-count">
                {count}
                {Number(total) > 0 && Number(amount) > 0 && ` · ${text.share(percent(String(share(amount, total))))}`}
              </span>
            </li>
          );
        })}
      </ol>
      <p className="quiet tile-hint">{text.hint}</p>
    </div>
  );
}
