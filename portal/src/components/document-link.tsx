import { useState } from 'react';
import { documentsRoutes } from '../../../contracts/documents.ts';
import { call } from '../api/client.ts';
import { useLanguage } from '../language/language.tsx';
import { FailureSentence } from './states.tsx';

interface DocumentLinkProps {
  readonly documentId: string;
  readonly organisationId?: string;
  /** Which file, for those who listen: several links of a page are called the same. */
  readonly name?: string | undefined;
}

/** Opens a stored document in a tab of its own, by a link that lasts minutes; who opened it is recorded. */
export function DocumentLink({ documentId, organisationId, name }: DocumentLinkProps) {
  const { strings } = useLanguage();
  const [failure, setFailure] = useState<unknown>();
  const open = async () => {
    setFailure(undefined);
    // Opened at the press: after an answer a browser takes it for an advertisement.
    const tab = window.open('about:blank');
    if (tab) tab.opener = null;
    try {
      const acting = organisationId === undefined ? {} : { organisationId };
      const { url } = await call(documentsRoutes.openLink, { params: { documentId }, ...acting });
      if (tab) tab.location.replace(url);
      else location.assign(url);
    } catch (error) {
      tab?.close();
      setFailure(error);
    }
  };
  return (
    <>
      <button
        type="button"
        className="link-button"
        aria-label={name ? strings.upload.viewNamed(name) : undefined}
        onClick={open}
      >
        {strings.upload.view}
      </button>
      {failure !== undefined && (
        <span className="field-error" role="alert">
          <FailureSentence error={failure} />
        </span>
      )}
    </>
  );
}
