import { useEffect, useRef, useState } from 'react';
import type { FieldError } from '../../../contracts/field-errors.ts';
import { type DocumentPurpose, damagedFile, fileErrors } from '../../../contracts/uploads.ts';
import { fitted, isPicture, lookAt, type Picture } from './picture.ts';
import { type StoredDocument, sendFile } from './send.ts';

/** A file that somebody chose. */
export interface Chosen {
  readonly file: File;
  /** Before it was made smaller. */
  readonly original: File;
  /** Of the preview. */
  readonly url: string;
  readonly picture?: Picture;
}

export type Stage =
  | { readonly at: 'rest' }
  | { readonly at: 'looking' }
  | { readonly at: 'sending'; readonly share: number }
  | { readonly at: 'accepted' }
  | { readonly at: 'refused'; readonly errors: readonly FieldError[] }
  /** Without a cause: the person stopped it. */
  | { readonly at: 'failed'; readonly cause?: unknown };

interface Uploading {
  readonly purpose: DocumentPurpose;
  readonly pointer: string;
  readonly organisationId: string | undefined;
  readonly change: (documentId: string | undefined) => void;
}

/** A file on its way from a person's hands to a document that was accepted; one at a time, the latest counts. */
export function useUpload({ purpose, pointer, organisationId, change }: Uploading) {
  const [chosen, setChosen] = useState<Chosen>();
  const [stage, setStage] = useState<Stage>({ at: 'rest' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const url = chosen?.url;
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);

  const begin = (): AbortSignal => {
    running.current?.abort();
    running.current = new AbortController();
    return running.current.signal;
  };

  const send = async (file: File) => {
    const signal = begin();
    const isLatest = () => running.current?.signal === signal;
    const progress = (share: number) => isLatest() && setStage({ at: 'sending', share });
    progress(0);
    try {
      const document = await sendFile({ purpose, file, organisationId, signal, progress });
      if (!isLatest()) return;
      if (document.status === 'accepted') {
        setStage({ at: 'accepted' });
        change(document.id);
      } else setStage({ at: 'refused', errors: refusalOf(document, pointer) });
    } catch (cause) {
      if (isLatest()) setStage({ at: 'failed', ...(signal.aborted ? {} : { cause }) });
    }
  };

  const choose = async (original: File) => {
    const signal = begin();
    change(undefined);
    setChosen(undefined);
    setStage({ at: 'looking' });
    const file = isPicture(original) ? await fitted(original, purpose) : original;
    const picture = isPicture(file) ? await lookAt(file, purpose) : undefined;
    if (running.current?.signal !== signal) return;
    setChosen({ file, original, url: URL.createObjectURL(file), ...(picture ? { picture } : {}) });
    const pixels = picture ? { pixels: picture } : {};
    const errors = fileErrors(purpose, { contentType: file.type, size: file.size, ...pixels }, pointer);
    if (errors.length > 0) setStage({ at: 'refused', errors });
    else if (isPicture(file) && !picture) setStage({ at: 'refused', errors: [damagedFile(pointer)] });
    else await send(file);
  };

  return {
    chosen,
    stage,
    busy: stage.at === 'looking' || stage.at === 'sending',
    choose,
    again: () => chosen && send(chosen.file),
    stop: () => running.current?.abort(),
  };
}

const refusalOf = ({ refusal }: StoredDocument, pointer: string): FieldError[] =>
  refusal ? [{ pointer, code: refusal.rule, detail: refusal.zh, detailEn: refusal.en }] : [];
