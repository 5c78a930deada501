import { Badge } from '../../components/badge.tsx';
import { DocumentLink } from '../../components/document-link.tsx';
import { More } from '../../components/more.tsx';
import { Clause } from '../../components/states.tsx';
import { day, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { type OfferingVersion, remarksOf, versionTones } from './offering-version.ts';

interface HistoryProps {
  /** Newest first. */
  readonly versions: readonly OfferingVersion[];
  readonly list: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  readonly organisationId: string;
}

/** Every version: where it stands, what it changed, what its review said. */
export function VersionHistory({ versions, list, organisationId }: HistoryProps) {
  return (
    <>
      <ol className="history">
        {versions.map((version, index) => (
          <Version
            key={version.number}
            version={version}
            before={versions[index + 1]}
            organisationId={organisationId}
          />
        ))}
      </ol>
      <More list={list} />
    </>
  );
}

interface VersionProps {
  readonly version: OfferingVersion;
  readonly before: OfferingVersion | undefined;
  readonly organisationId: string;
}

function Version({ version, before, organisationId }: VersionProps) {
  const { strings, language, pick } = useLanguage();
  const text = strings.provider.offering;
  const differences = useDifferences(version, before);
  const remarks = remarksOf(version.reasons);
  return (
    <li className="card history-entry">
      <h3>
        {strings.provider.offerings.versionN(version.number)}{' '}
        <Badge tone={versionTones[version.status]}>{strings.provider.offerings.versionStatuses[version.status]}</Badge>
      </h3>
      <p className="quiet">
        {version.publishedAt
          ? text.publishedAt(day(version.publishedAt, language))
          : version.submittedAt && text.submittedAt(day(version.submittedAt, language))}{' '}
        {text.evidence}{' '}
        <DocumentLink
          documentId={version.marketPrice.documentId}
          organisationId={organisationId}
          name={`${text.evidence} ${strings.provider.offerings.versionN(version.number)}`}
        />
      </p>
      {before === undefined && version.number > 1 ? null : before === undefined ? (
        <p>{text.first}</p>
      ) : differences.length === 0 ? (
        <p>{text.unchanged}</p>
      ) : (
        <table className="version-differences">
          <caption>{text.changed}</caption>
          <tbody>
            {differences.map(({ label, from, to }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>
                  <del>{from}</del>
                </td>
                <td>
                  <ins>{to}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {remarks.length > 0 && (
        <>
          <h4>{text.reasons}</h4>
          <ul className="findings">
            {remarks.map(({ pointer, code, detail, detailEn }) => (
              <li key={`${pointer} ${code}`}>
                {fieldNames(text)[pointer] && <strong>{fieldNames(text)[pointer]} </strong>}
                {language === 'zh' ? detail : detailEn}
              </li>
            ))}
          </ul>
        </>
      )}
      {version.findings.length > 0 && (
        <>
          <h4>{text.findings}</h4>
          <ul className="findings">
            {version.findings.map((finding) => (
              <li key={`${finding.rule} ${finding.pointer ?? ''}`}>
                {pick(finding)} {finding.clause && <Clause clause={finding.clause} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  );
}

type OfferingText = ReturnType<typeof useLanguage>['strings']['provider']['offering'];

const fieldNames = (text: OfferingText): Readonly<Record<string, string>> => ({
  '/name': text.name,
  '/description': text.description,
  '/kind': text.kind,
  '/price': text.price,
  '/priceUnit': text.unit,
  '/voucherSupported': text.voucher,
  '/marketPrice': text.market,
  '/marketPrice/price': text.marketPrice,
  '/marketPrice/source': text.source,
  '/marketPrice/observedOn': text.observedOn,
  '/marketPrice/documentId': text.evidence,
});

/** What a version has otherwise than the one before, as people read it. */
function useDifferences(version: OfferingVersion, before: OfferingVersion | undefined) {
  const { strings, language } = useLanguage();
  const { kind } = useNames();
  const text = strings.provider.offering;
  if (!before) return [];
  const row = (label: string, of: (one: OfferingVersion) => string) => ({ label, from: of(before), to: of(version) });
  const rows = [
    row(text.name, ({ name }) => name),
    row(text.description, ({ description }) => description),
    row(text.kind, (one) => kind(one.kind)),
    row(text.price, ({ price }) => money(price)),
    row(text.unit, ({ priceUnit }) => text.units[priceUnit]),
    row(text.voucher, ({ voucherSupported }) => (voucherSupported ? text.yes : text.no)),
    row(text.marketPrice, ({ marketPrice }) => money(marketPrice.price)),
    row(text.source, ({ marketPrice }) => marketPrice.source),
    row(text.observedOn, ({ marketPrice }) => day(marketPrice.observedOn, language)),
  ];
  const file = { label: text.evidence, from: text.file, to: text.newFile };
  return [
    ...rows.filter(({ from, to }) => from !== to),
    ...(version.marketPrice.documentId === before.marketPrice.documentId ? [] : [file]),
  ];
}
