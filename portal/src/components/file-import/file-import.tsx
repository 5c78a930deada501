import { type DragEvent, Fragment, type ReactNode, useId, useRef, useState } from 'react';
import { useLanguage } from '../../language/language.tsx';
import { Badge } from '../badge.tsx';
import { Button } from '../button.tsx';
import { Table } from '../table.tsx';
import { readSheet } from './read-sheet.ts';
import { type Arranged, arrange, type ImportColumn, type ImportRow, type RowProblem } from './rows.ts';
import { UnreadableFile, type UnreadableReason } from './sheet.ts';
import '../../styles/file-import.css';

/** A row after it was looked at. */
export interface JudgedRow {
  readonly line: number;
  /** Which one it is, in a few words. */
  readonly label: string;
  readonly problems: readonly RowProblem[];
  /** What the reader should know though it is no problem. */
  readonly note?: string;
}

/** What the rows of a file come to, all looked at together: some say something of each other. */
export interface Judged<T> {
  readonly rows: readonly JudgedRow[];
  readonly things: readonly T[];
}

interface FileImportProps<N extends string, T> {
  readonly label: string;
  readonly columns: readonly ImportColumn<N>[];
  readonly judge: (rows: readonly ImportRow<N>[]) => Judged<T>;
  /** What is done with a file that has no problem; begun anew with each file. */
  readonly children: (things: readonly T[]) => ReactNode;
}

interface ChosenFile<N extends string> {
  /** Another with each choice. */
  readonly id: number;
  readonly name: string;
  readonly content: Arranged<N>;
}

/**
 * Rows from a file that Excel or its kind saved: each row is judged and told what is wrong with it, and as long as anything
 * is, nothing of the file is taken.
 */
export function FileImport<N extends string, T>({ label, columns, judge, children }: FileImportProps<N, T>) {
  const { strings } = useLanguage();
  const text = strings.fileImport;
  const id = useId();
  const [chosen, setChosen] = useState<ChosenFile<N>>();
  const [unreadable, setUnreadable] = useState<UnreadableReason>();
  const [over, setOver] = useState(false);
  const choices = useRef(0);
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setChosen(undefined);
    setUnreadable(undefined);
    try {
      choices.current += 1;
      setChosen({ id: choices.current, name: file.name, content: arrange(await readSheet(file), columns) });
    } catch (error) {
      // A reader that could not be loaded, or that stumbled: in either case the file was not read.
      setUnreadable(error instanceof UnreadableFile ? error.reason : 'broken');
    }
  };
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  };
  const judged = chosen?.content.rows && judge(chosen.content.rows);
  const wrong = judged?.rows.filter(({ problems }) => problems.length > 0) ?? [];
  return (
    <div className="import">
      <section
        className={over ? 'import-place import-over' : 'import-place'}
        aria-label={label}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
      >
        <label className="button button-quiet" htmlFor={id}>
          {chosen ? text.another : text.choose}
        </label>
        <input
          id={id}
          className="visually-hidden"
          type="file"
          accept=".xlsx,.csv,.txt,text/csv"
          onChange={(event) => {
            choose(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <p className="hint">{chosen ? chosen.name : text.formats}</p>
      </section>
      <div role="status">
        {unreadable && <p className="note note-bad">{text.unreadable[unreadable]}</p>}
        {chosen?.content.missing && (
          <p className="note note-bad">
            {text.missingColumns(chosen.content.missing.map(({ titles }) => titles[0] ?? ''))}
          </p>
        )}
        {judged?.rows.length === 0 && <p className="note note-bad">{text.unreadable.empty}</p>}
        {wrong.length > 0 && <p className="note note-bad">{text.nothingTaken(wrong.length)}</p>}
      </div>
      {judged && judged.rows.length > 0 && <Rows rows={wrong.length > 0 ? wrong : judged.rows} columns={columns} />}
      {chosen && judged && judged.rows.length > 0 && wrong.length === 0 && (
        <Fragment key={chosen.id}>{children(judged.things)}</Fragment>
      )}
    </div>
  );
}

const SHOWN_AT_ONCE = 50;

function Rows({ rows, columns }: { readonly rows: readonly JudgedRow[]; readonly columns: readonly ImportColumn[] }) {
  const { strings, language } = useLanguage();
  const text = strings.fileImport;
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const sentence = ({ column, says }: RowProblem) => {
    const title = columns.find(({ name }) => name === column)?.titles[0];
    const said =
      typeof says === 'string'
        ? text.problems[says]
        : 'text' in says
          ? says.text
          : language === 'zh'
            ? says.detail
            : says.detailEn;
    return title ? text.inColumn(title, said) : said;
  };
  return (
    <>
      <Table
        caption={text.rows}
        rows={rows.slice(0, shown)}
        keyOf={({ line }) => String(line)}
        columns={[
          { title: text.line, cell: ({ line }) => text.lineN(line) },
          { title: text.content, cell: (row) => row.label },
          {
            title: text.result,
            cell: ({ problems, note }) =>
              problems.length === 0 ? (
                <>
                  <Badge tone={note ? 'calm' : 'good'}>{note ? text.skipped : text.fine}</Badge>{' '}
                  {note && <span className="quiet">{note}</span>}
                </>
              ) : (
                <ul className="import-problems">
                  {[...new Set(problems.map(sentence))].map((said) => (
                    <li key={said}>{said}</li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
      {rows.length > shown && (
        <p className="more">
          <Button look="quiet" onClick={() => setShown(shown + SHOWN_AT_ONCE)}>
            {strings.states.more}
          </Button>
        </p>
      )}
    </>
  );
}
