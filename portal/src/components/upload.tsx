import { type DragEvent, useId, useState } from 'react';
import { documentsRoutes } from '../../../contracts/documents.ts';
import type { FieldError } from '../../../contracts/field-errors.ts';
import { type DocumentPurpose, limitsOf } from '../../../contracts/uploads.ts';
import { useRead } from '../api/queries.ts';
import { bytes, percent } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { type Chosen, type Stage, useUpload } from '../upload/use-upload.ts';
import { Button } from './button.tsx';
import { DocumentLink } from './document-link.tsx';
import { Sentences } from './field.tsx';
import type { Bound } from './filling.ts';
import { FailureSentence } from './states.tsx';
import '../styles/upload.css';

interface UploadFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly purpose: DocumentPurpose;
  /** JSON pointer of the document's id in the body, by which errors find it. */
  readonly pointer: string;
  readonly errors: readonly FieldError[];
  readonly optional?: boolean;
  /** Id of the document that was accepted. */
  readonly value: string | undefined;
  readonly change: (documentId: string | undefined) => void;
  /** For whom it is uploaded, by somebody with several organisations. */
  readonly organisationId?: string | undefined;
}

/**
 * A document of a form: chosen, dropped or photographed; refused at once where it can be; sent, checked by the system, and
 * then its id is the value. What was chosen is shown, with advice on how legible it is.
 */
export function UploadField(props: UploadFieldProps) {
  const { label, hint, purpose, pointer, errors, optional, value, change, organisationId } = props;
  const { strings } = useLanguage();
  const text = strings.upload;
  const id = useId();
  const { chosen, stage, busy, choose, again, stop } = useUpload({ purpose, pointer, organisationId, change });
  const [over, setOver] = useState(false);
  const { types, mostBytes, shortestSide } = limitsOf(purpose);
  const given = busy ? [] : errors.filter((error) => error.pointer === pointer);
  const own = stage.at === 'refused' ? stage.errors : given;
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !busy) choose(file);
  };
  const drag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(isOver && !busy);
  };
  const choices = (camera: boolean) => ({
    label,
    types: types.filter((type) => !camera || type !== 'application/pdf'),
    camera,
    refused: own.length > 0,
    describedBy: own.length > 0 ? `${id}-error` : `${id}-about`,
    take,
  });
  return (
    <fieldset
      className={`field upload ${own.length > 0 ? 'field-refused' : ''}`}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        take(event.dataTransfer.files);
      }}
    >
      <legend className="upload-label">
        {label} {optional && <span className="quiet">{strings.states.optional}</span>}
      </legend>
      {hint && <p className="hint">{hint}</p>}
      <div className={over ? 'upload-place upload-over' : 'upload-place'}>
        {chosen && <Preview chosen={chosen} label={label} />}
        {!chosen && value && <StoredFile documentId={value} organisationId={organisationId} />}
        <div className="upload-side">
          <Progress stage={stage} chosen={chosen} />
          {busy ? (
            <Button look="quiet" onClick={stop}>
              {text.stop}
            </Button>
          ) : (
            <p className="upload-choices">
              {stage.at === 'failed' && chosen && <Button onClick={again}>{text.again}</Button>}
              <FileChoice {...choices(false)} text={chosen || value ? text.replace : text.choose} />
              <FileChoice {...choices(true)} text={text.camera} />
              {!chosen && !value && <span className="quiet upload-drop">{text.drop}</span>}
            </p>
          )}
          <p className="hint" id={`${id}-about`}>
            {text.limits(types.map((type) => text.types[type]).join(text.or), bytes(mostBytes))}
            {text.pixels(shortestSide)}
          </p>
        </div>
      </div>
      <Sentences at={pointer} errors={own} id={`${id}-error`} role="alert" />
    </fieldset>
  );
}

interface FileChoiceProps {
  readonly label: string;
  readonly text: string;
  readonly types: readonly string[];
  readonly camera: boolean;
  readonly refused: boolean;
  readonly describedBy: string;
  readonly take: (files: FileList | null) => void;
}

/** What looks like a button and is the browser's own choice of a file, or its camera where there is one. */
const FileChoice = ({ label, text, types, camera, refused, describedBy, take }: FileChoiceProps) => (
  <label className={camera ? 'button button-quiet upload-camera' : 'button button-quiet'}>
    {text}
    <input
      className="visually-hidden"
      type="file"
      accept={types.join(',')}
      {...(camera ? { capture: 'environment' } : {})}
      aria-label={`${label} ${text}`}
      aria-invalid={refused}
      aria-describedby={describedBy}
      onChange={({ target }) => {
        take(target.files);
        target.value = '';
      }}
    />
  </label>
);

/** The picture itself, or a sheet with the name of what is none; under it what may be wrong with it. */
function Preview({ chosen, label }: { readonly chosen: Chosen; readonly label: string }) {
  const { strings } = useLanguage();
  const text = strings.upload;
  const { file, original, url, picture } = chosen;
  return (
    <figure className="upload-preview">
      {picture ? <img src={url} alt={text.preview(label)} /> : <Sheet />}
      <figcaption>
        <span className="upload-name">{original.name}</span>
        <span className="quiet figures">
          {bytes(file.size)}
          {picture && ` · ${picture.width}×${picture.height}`}
        </span>
        {file !== original && <span className="quiet">{text.shrunk(bytes(original.size), bytes(file.size))}</span>}
        {picture?.hints.map((hint) => (
          <span key={hint} className="upload-hint">
            {text.hints[hint]}
          </span>
        ))}
        {picture?.hints.length === 0 && <span className="upload-sharp">{text.legible}</span>}
      </figcaption>
    </figure>
  );
}

const Sheet = () => (
  <svg className="upload-sheet" viewBox="0 0 48 60" aria-hidden="true">
    <path d="M4 2h28l12 12v44H4z" />
    <path d="M32 2v12h12M12 26h24M12 34h24M12 42h16" />
  </svg>
);

interface StoredFileProps {
  readonly documentId: string;
  readonly organisationId?: string | undefined;
}

/** A document as a field of a form has it: its id, or nothing. */
export const DocumentField = ({ value, change, ...rest }: Omit<UploadFieldProps, 'value' | 'change'> & Bound) => (
  <UploadField {...rest} value={value || undefined} change={(id) => change(id ?? '')} />
);

/** A document that was accepted earlier: its name, and the way to see it. */
export function StoredFile({ documentId, organisationId }: StoredFileProps) {
  const { strings } = useLanguage();
  const acting = organisationId === undefined ? {} : { organisationId };
  const document = useRead(documentsRoutes.readDocument, { params: { documentId }, ...acting });
  return (
    <figure className="upload-preview">
      <Sheet />
      <figcaption>
        {document.data && (
          <>
            <span className="upload-name">{document.data.fileName}</span>
            <span className="quiet figures">{bytes(document.data.size)}</span>
          </>
        )}
        {document.error && <FailureSentence error={document.error} />}
        {!document.data && !document.error && <span className="quiet">{strings.states.loading}</span>}
        <DocumentLink documentId={documentId} name={document.data?.fileName} {...acting} />
      </figcaption>
    </figure>
  );
}

/** How far it is; read aloud when it changes from one state to the next, not with every percent. */
function Progress({ stage, chosen }: { readonly stage: Stage; readonly chosen: Chosen | undefined }) {
  const { strings } = useLanguage();
  const text = strings.upload;
  const arrived = stage.at === 'sending' && stage.share >= 1;
  return (
    <div className="upload-progress">
      <p role="status">
        {stage.at === 'looking' && text.looking}
        {stage.at === 'sending' && (arrived ? text.checking : text.sending)}
        {stage.at === 'accepted' && <strong className="upload-good">✓ {text.accepted}</strong>}
        {stage.at === 'refused' && chosen && <strong className="upload-bad">{text.refused}</strong>}
        {stage.at === 'failed' && (stage.cause === undefined ? text.stopped : text.failed)}
      </p>
      {stage.at === 'sending' && !arrived && (
        <progress max={1} value={stage.share} aria-label={text.sending}>
          {percent(String(stage.share))}
        </progress>
      )}
      {stage.at === 'failed' && stage.cause !== undefined && (
        <p className="field-error" role="alert">
          <FailureSentence error={stage.cause} />
        </p>
      )}
    </div>
  );
}
