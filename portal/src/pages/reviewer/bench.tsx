import type { ReactNode } from 'react';
import { DocumentView, type ShownDocument } from '../../components/document-view.tsx';

interface BenchProps {
  readonly documents: readonly ShownDocument[];
  readonly chosen?: string | undefined;
  readonly choose?: (id: string) => void;
  readonly children: ReactNode;
}

/** A case beside its documents: these stay in sight while the case is read and decided. */
export const Bench = ({ documents, children, ...choice }: BenchProps) => (
  <div className={documents.length > 0 ? 'bench' : 'bench bench-alone'}>
    {documents.length > 0 && (
      <div className="bench-documents">
        <DocumentView documents={documents} {...choice} />
      </div>
    )}
    <div className="bench-case">{children}</div>
  </div>
);
