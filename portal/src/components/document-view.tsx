import { type RefObject, useEffect, useRef, useState } from 'react';
import { type DocumentFacts, isRecorded, useDocument, useDocumentContent } from '../api/document-content.ts';
import { useLanguage } from '../language/language.tsx';
import { Button } from './button.tsx';
import { openSheets } from './document-sheets.ts';
import type { Sheets } from './sheets.ts';
import { Failure, Loading, Read } from './states.tsx';
import '../styles/document-view.css';

export interface ShownDocument {
  readonly id: string;
  /** What it is of the case: "Business licence". */
  readonly label: string;
}

interface DocumentViewProps {
  readonly documents: readonly ShownDocument[];
  /** Which is open, and what to do when another is chosen; without them the view decides. */
  readonly chosen?: string | undefined;
  readonly choose?: (id: string) => void;
  readonly organisationId?: string;
}

/** The documents of a case, one at a time: images and PDF, larger, smaller and turned, beside whatever is decided. */
export function DocumentView({ documents, chosen, choose, organisationId }: DocumentViewProps) {
  const { strings } = useLanguage();
  const [own, setOwn] = useState<string>();
  const open = documents.find(({ id }) => id === (chosen ?? own)) ?? documents[0];
  const text = strings.documents;
  if (!open) return <p className="card quiet">{text.none}</p>;
  return (
    <section className="document-view" aria-label={text.title}>
      {documents.length > 1 && (
        <ul className="document-tabs">
          {documents.map(({ id, label }) => (
            <li key={id}>
              <button type="button" aria-pressed={id === open.id} onClick={() => (choose ?? setOwn)(id)}>
                {label}
              </button>
            </li>
          ))}
        </ul>
      )}
      <OneDocument key={open.id} shown={open} {...(organisationId ? { organisationId } : {})} />
    </section>
  );
}

/** Opens the document after the one that is open, of the view on this page. */
export function showNextDocument(): void {
  const tabs = [...document.querySelectorAll<HTMLButtonElement>('.document-tabs button')];
  const open = tabs.findIndex((tab) => tab.getAttribute('aria-pressed') === 'true');
  tabs[(open + 1) % tabs.length]?.click();
}

function OneDocument({ shown, organisationId }: { readonly shown: ShownDocument; readonly organisationId?: string }) {
  const document = useDocument(shown.id, organisationId);
  return (
    <Read of={document}>
      {(facts) => <Content facts={facts} label={shown.label} organisationId={organisationId} />}
    </Read>
  );
}

interface ContentProps {
  readonly facts: DocumentFacts;
  readonly label: string;
  readonly organisationId: string | undefined;
}

/** The content once it may be had: an identity card waits to be asked for, because the look is recorded. */
function Content({ facts, label, organisationId }: ContentProps) {
  const { strings } = useLanguage();
  const text = strings.documents;
  const [asked, setAsked] = useState(!isRecorded(facts));
  const content = useDocumentContent(facts, organisationId, asked);
  const [sheets, setSheets] = useState<Sheets>();
  const [broken, setBroken] = useState(false);
  const blob = content.data;

  useEffect(() => {
    if (!blob) return;
    let opened: Sheets | undefined;
    let left = false;
    openSheets(blob).then(
      (found) => {
        if (left) return found.close();
        opened = found;
        setSheets(found);
      },
      () => !left && setBroken(true),
    );
    return () => {
      left = true;
      opened?.close();
      setSheets(undefined);
    };
  }, [blob]);

  if (!asked) {
    return (
      <div className="document-closed">
        <p>{text.recorded}</p>
        <Button look="quiet" onClick={() => setAsked(true)}>
          {text.look(label)}
        </Button>
      </div>
    );
  }
  if (content.error) return <Failure error={content.error} retry={content.refetch} />;
  if (!blob) return <Loading />;
  if (broken) {
    return (
      <div className="document-closed" role="alert">
        <p>{text.broken}</p>
        <Download blob={blob} fileName={facts.fileName} />
      </div>
    );
  }
  return sheets ? <Viewer sheets={sheets} label={label} blob={blob} fileName={facts.fileName} /> : <Loading />;
}

const SMALLEST = 0.5;
const LARGEST = 5;
const STEP = 1.25;

interface ViewerProps {
  readonly sheets: Sheets;
  readonly label: string;
  readonly blob: Blob;
  readonly fileName: string;
}

function Viewer({ sheets, label, blob, fileName }: ViewerProps) {
  const { strings } = useLanguage();
  const text = strings.documents;
  const [zoom, setZoom] = useState(1);
  const [turns, setTurns] = useState(0);
  const [sheet, setSheet] = useState(1);
  const larger = () => setZoom((now) => Math.min(LARGEST, now * STEP));
  const smaller = () => setZoom((now) => Math.max(SMALLEST, now / STEP));
  const fit = () => setZoom(1);
  const turn = () => setTurns((now) => (now + 1) % 4);
  const go = (by: number) => setSheet((now) => Math.min(sheets.count, Math.max(1, now + by)));
  const whole = useRef<HTMLDivElement>(null);
  useKeys(whole, {
    '+': larger,
    '=': larger,
    '-': smaller,
    '0': fit,
    r: turn,
    ']': () => go(1),
    '[': () => go(-1),
  });
  return (
    <div className="document-open" ref={whole}>
      <div className="document-tools" role="toolbar" aria-label={text.tools}>
        <ToolButton label={text.smaller} sign="−" act={smaller} disabled={zoom <= SMALLEST} />
        <button type="button" className="document-zoom" title={text.fit} onClick={fit}>
          <span className="visually-hidden">{text.fit}</span> {Math.round(zoom * 100)}%
        </button>
        <ToolButton label={text.larger} sign="+" act={larger} disabled={zoom >= LARGEST} />
        <ToolButton label={text.turn} sign="↻" act={turn} />
        {sheets.count > 1 && (
          <span className="document-pages">
            <ToolButton label={text.before} sign="‹" act={() => go(-1)} disabled={sheet <= 1} />
            <span aria-live="polite">{text.sheet(sheet, sheets.count)}</span>
            <ToolButton label={text.after} sign="›" act={() => go(1)} disabled={sheet >= sheets.count} />
          </span>
        )}
        <Download blob={blob} fileName={fileName} />
      </div>
      <Sheet sheets={sheets} sheet={sheet} zoom={zoom} turns={turns} label={label} />
    </div>
  );
}

/** While something inside has the focus, keys repeat its buttons. */
function useKeys(place: RefObject<HTMLElement | null>, keys: Readonly<Record<string, () => void>>): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const inside = place.current;
    const press = (event: KeyboardEvent) => {
      const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : current.current[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    inside?.addEventListener('keydown', press);
    return () => inside?.removeEventListener('keydown', press);
  }, [place]);
}

const ToolButton = ({
  label,
  sign,
  act,
  disabled = false,
}: {
  readonly label: string;
  readonly sign: string;
  readonly act: () => void;
  readonly disabled?: boolean;
}) => (
  <button type="button" title={label} aria-label={label} onClick={act} disabled={disabled}>
    <span aria-hidden="true">{sign}</span>
  </button>
);

/** One sheet, drawn anew when it is looked at otherwise; the old one stays until the new one is there. */
function Sheet({
  sheets,
  sheet,
  zoom,
  turns,
  label,
}: Pick<ViewerProps, 'sheets' | 'label'> & {
  readonly sheet: number;
  readonly zoom: number;
  readonly turns: number;
}) {
  const { strings } = useLanguage();
  const desk = useRef<HTMLElement>(null);
  const room = useRoom(desk);
  const [failed, setFailed] = useState(false);
  const title = `${label} ${sheets.count > 1 ? strings.documents.sheet(sheet, sheets.count) : ''}`.trim();

  useEffect(() => {
    const place = desk.current;
    if (!place || room === 0) return;
    let left = false;
    sheets.draw(sheet, { width: room * zoom, turns }).then(
      (canvas) => {
        if (left) return;
        canvas.setAttribute('role', 'img');
        canvas.setAttribute('aria-label', title);
        place.replaceChildren(canvas);
        setFailed(false);
      },
      () => !left && setFailed(true),
    );
    return () => {
      left = true;
    };
  }, [sheets, sheet, room, zoom, turns, title]);

  return (
    <>
      {failed && <p role="alert">{strings.documents.broken}</p>}
      <section className="document-desk" ref={desk} aria-label={title} />
    </>
  );
}

/** How wide a sheet may be without scrolling. What is larger is scrolled by the keyboard, too. */
function useRoom(desk: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const place = desk.current;
    if (!place) return;
    place.tabIndex = 0;
    const measure = new ResizeObserver(([entry]) => entry && setRoom(Math.floor(entry.contentRect.width)));
    measure.observe(place);
    return () => measure.disconnect();
  }, [desk]);
  return room;
}

/** The file itself, under the name it was given. */
function Download({ blob, fileName }: { readonly blob: Blob; readonly fileName: string }) {
  const { strings } = useLanguage();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return (
    <a className="document-download" href={address} download={fileName} title={fileName}>
      {strings.documents.download}
    </a>
  );
}
