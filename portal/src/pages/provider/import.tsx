import { useId, useState } from 'react';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { registryRoutes } from '../../../../contracts/registry.ts';
import { ApiProblem } from '../../api/failures.ts';
import { useRead } from '../../api/queries.ts';
import { refresh } from '../../api/refresh.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { FileImport } from '../../components/file-import/file-import.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { FailureSentence, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { Acting } from '../../session/acting.tsx';
import { type Adding, useAddItems } from './add-items.ts';
import { isClaimable, type Voucher } from './choose-vouchers.tsx';
import { EvidenceFiles, fileNamed, UnusableFile, unusableAmong } from './evidence-files.ts';
import { columnsIn, fileKey, type ImportedItem, judgeRows } from './import-rows.ts';
import { useWholeList } from './whole-list.ts';
import '../../styles/provider.css';

/** Many vouchers with their evidence from a spreadsheet: looked at row by row, and taken when nothing is wrong with any. */
export default function ImportPage() {
  return <Acting kind="provider">{(organisationId) => <ImportOf organisationId={organisationId} />}</Acting>;
}

function ImportOf({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  const { claimId = '' } = useAddress();
  const text = strings.provider.import;
  return (
    <Page
      title={text.title}
      lead={text.lead}
      aside={
        <PageLink to="/provider/claims/$claimId" params={{ claimId }}>
          ← {text.toClaim}
        </PageLink>
      }
    >
      <Import organisationId={organisationId} />
    </Page>
  );
}

function Import({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  const { claimId = '' } = useAddress();
  const claim = useRead(claimsRoutes.readClaim, { params: { claimId }, organisationId });
  const own = useRead(registryRoutes.readOrganisation, { params: { organisationId }, organisationId });
  const vouchers = useWholeList(ordersRoutes.listVouchers, { query: { limit: 100 }, organisationId });
  return (
    <Read of={claim}>
      {({ id, year, status }) =>
        status === 'draft' ? (
          <Read of={own}>
            {({ name, uscc }) => (
              <Read of={vouchers}>
                {(all) => (
                  <Steps claim={{ id, year }} own={{ name, uscc }} vouchers={all} organisationId={organisationId} />
                )}
              </Read>
            )}
          </Read>
        ) : (
          <p className="note">{strings.provider.import.closed}</p>
        )
      }
    </Read>
  );
}

interface StepsProps {
  readonly claim: { readonly id: string; readonly year: number };
  readonly own: { readonly name: string; readonly uscc: string };
  readonly vouchers: readonly Voucher[];
  readonly organisationId: string;
}

function Steps({ claim, own, vouchers, organisationId }: StepsProps) {
  const { strings } = useLanguage();
  const text = strings.provider.import;
  const columns = columnsIn(text);
  return (
    <>
      <Section title={text.stepTemplate} lead={text.templateText}>
        <Template claim={claim} own={own} vouchers={vouchers} />
      </Section>
      <Section title={text.stepFile}>
        <FileImport
          label={text.stepFile}
          columns={columns}
          judge={(rows) => judgeRows(rows, { text, statuses: strings.register.statuses, vouchers, claim, own })}
        >
          {(items) => <Take items={items} claimId={claim.id} organisationId={organisationId} />}
        </FileImport>
      </Section>
    </>
  );
}

const WIDE = 26;

/** A workbook with a row for every voucher that can be claimed, what is known of it filled in. */
function Template({ claim, own, vouchers }: Omit<StepsProps, 'organisationId'>) {
  const { strings } = useLanguage();
  const text = strings.provider.import;
  const download = async () => {
    const { writeWorkbook } = await import('../../components/file-import/workbook-writer.ts');
    const columns = columnsIn(text);
    const rows = vouchers
      .filter((voucher) => isClaimable(voucher, claim.year))
      .map((voucher) => {
        const known: Readonly<Record<string, string>> = {
          voucher: voucher.number,
          enterprise: voucher.enterpriseName,
          buyer: voucher.enterpriseUscc,
          seller: own.uscc,
          payer: voucher.enterpriseName,
          payee: own.name,
        };
        return columns.map(({ name }) => known[name] ?? '');
      });
    const url = URL.createObjectURL(
      writeWorkbook(
        columns.map(({ titles: [title = ''] }) => ({ title, width: WIDE })),
        rows,
      ),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = `${claim.year}-${text.template}.xlsx`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <p>
      <Button look="quiet" onClick={download}>
        {text.template}
      </Button>
    </p>
  );
}

interface TakeProps {
  readonly items: readonly ImportedItem[];
  readonly claimId: string;
  readonly organisationId: string;
}

/** The files that the rows name, and then the vouchers one by one, each with all its evidence or not at all. */
function Take({ items: found, claimId, organisationId }: TakeProps) {
  const { strings, pick } = useLanguage();
  const text = strings.provider.import;
  const id = useId();
  // What is taken is what was looked at, whatever the claim has by now.
  const [items] = useState(found);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [unusable, setUnusable] = useState<readonly UnusableFile[]>([]);
  const [isLooking, setLooking] = useState(false);
  const [sender, setSender] = useState<EvidenceFiles>();
  const adding = useAddItems(claimId, organisationId);
  const named = [...new Map(items.flatMap((item) => item.files).map((file) => [fileKey(file), file])).values()];
  const names = [...new Set(named.map(({ name }) => name))];
  const missing = names.filter((name) => !fileNamed(name, files));
  const unnamed = files.filter((file) => !names.some((name) => fileNamed(name, files) === file));
  if (items.length === 0) return <p className="note">{text.nothing}</p>;

  const choose = async (chosen: readonly File[]) => {
    const all = [...files.filter((file) => !chosen.some(({ name }) => name === file.name)), ...chosen];
    setLooking(true);
    setFiles(all);
    setUnusable(await unusableAmong(named, all));
    setSender(new EvidenceFiles(all, organisationId));
    setLooking(false);
  };
  const stateOf = ({ voucher }: ImportedItem): Adding | undefined => adding.states.get(voucher.id);
  const open = items.filter((item) => stateOf(item)?.at !== 'added');
  const take = async () => {
    const files = sender ?? new EvidenceFiles([], organisationId);
    await adding.run(
      open.map((item) => ({
        voucherId: item.voucher.id,
        evidence: async (signal) => item.evidence(await files.send(item.files, signal)),
      })),
    );
    await refresh(ordersRoutes.listVouchers);
  };
  const refused = items.filter((item) => stateOf(item)?.at === 'refused').length;
  const added = items.length - open.length;
  const isReady = missing.length === 0 && unusable.length === 0 && !isLooking;
  return (
    <>
      {names.length > 0 && (
        <Section title={text.stepEvidence} lead={text.evidenceLead(names.length)}>
          <p className="actions">
            <label className="button button-quiet" htmlFor={id}>
              {text.chooseEvidence}
            </label>
            <input
              id={id}
              className="visually-hidden"
              type="file"
              multiple
              accept="application/pdf,image/jpeg,image/png"
              disabled={adding.isRunning}
              onChange={(event) => {
                choose([...(event.target.files ?? [])]);
                event.target.value = '';
              }}
            />
            <span role="status" className="figures">
              {isLooking ? strings.states.loading : text.found(names.length - missing.length, names.length)}
            </span>
          </p>
          {files.length > 0 && missing.length > 0 && (
            <div className="note note-bad">
              <p>{text.stillMissing}</p>
              <ul className="file-names">
                {missing.map((name) => (
                  <li key={name}>{name}</li>
                ))}
              </ul>
            </div>
          )}
          {unusable.length > 0 && (
            <div className="note note-bad" role="alert">
              <p>{text.unusable}</p>
              <ul className="file-names">
                {unusable.map(({ file, says }) => (
                  <li key={`${file} ${says.zh}`}>
                    <strong>{file}</strong> {pick(says)}
                  </li>
                ))}
              </ul>
            </div>
          )}
          {unnamed.length > 0 && <p className="quiet">{text.tooMany(unnamed.length)}</p>}
        </Section>
      )}
      <Section title={text.stepTake}>
        <p className="actions">
          {open.length > 0 && (
            <Button disabled={!isReady || adding.isRunning} onClick={take}>
              {adding.isRunning
                ? text.taking(Math.min(added + refused + 1, items.length), items.length)
                : refused > 0
                  ? text.again
                  : text.take(open.length)}
            </Button>
          )}
          {added > 0 && !adding.isRunning && (
            <PageLink to="/provider/claims/$claimId" params={{ claimId }} className="button button-quiet">
              {text.toClaim}
            </PageLink>
          )}
        </p>
        <div role="status">
          {!adding.isRunning && added === items.length && <p className="note note-good">{text.allTaken(added)}</p>}
          {!adding.isRunning && refused > 0 && <p className="note note-bad">{text.someRefused(refused)}</p>}
        </div>
        {adding.states.size > 0 && <Results items={items} stateOf={stateOf} />}
      </Section>
    </>
  );
}

interface ResultsProps {
  readonly items: readonly ImportedItem[];
  readonly stateOf: (item: ImportedItem) => Adding | undefined;
}

const tones = { waits: 'calm', preparing: 'warm', added: 'good', refused: 'bad' } as const;

function Results({ items, stateOf }: ResultsProps) {
  const { strings } = useLanguage();
  const text = strings.provider.import;
  const names = { waits: text.waits, preparing: text.uploading, added: text.taken, refused: text.refused };
  return (
    <Table
      caption={text.result}
      rows={items}
      keyOf={({ voucher }) => voucher.id}
      columns={[
        { title: text.columns.voucher, cell: ({ voucher }) => <span className="code">{voucher.number}</span> },
        { title: text.columns.enterprise, cell: ({ voucher }) => voucher.enterpriseName },
        {
          title: text.result,
          cell: (item) => {
            const state = stateOf(item);
            return (
              state && (
                <>
                  <Badge tone={tones[state.at]}>{names[state.at]}</Badge>
                  {state.at === 'refused' && <Refusal cause={state.cause} />}
                </>
              )
            );
          },
        },
      ]}
    />
  );
}

/** Why a voucher was not added: each sentence of its fields, or the one that refused it as a whole. */
function Refusal({ cause }: { readonly cause: unknown }) {
  const { language, pick } = useLanguage();
  if (cause instanceof UnusableFile) {
    return (
      <p className="field-error">
        <strong>{cause.file}</strong> {pick(cause.says)}
      </p>
    );
  }
  const errors = cause instanceof ApiProblem ? (cause.problem.errors ?? []) : [];
  return (
    <div className="field-error">
      {errors.length === 0 ? (
        <FailureSentence error={cause} />
      ) : (
        errors.map(({ pointer, detail, detailEn }) => <p key={pointer}>{language === 'zh' ? detail : detailEn}</p>)
      )}
    </div>
  );
}
