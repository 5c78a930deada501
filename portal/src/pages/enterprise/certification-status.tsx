import type { registryRoutes } from '../../../../contracts/registry.ts';
import type { Answer } from '../../api/client.ts';
import { useExpected } from '../../components/expected.ts';
import { type Station, Timeline } from '../../components/timeline.tsx';
import { day, minute } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Certification } from './reasons.tsx';

export type Organisation = Answer<typeof registryRoutes.readOrganisation>;

interface StatusProps {
  readonly organisation: Organisation;
  /** The latest application, if there is one. */
  readonly latest: Certification | undefined;
}

/** From registration to the decision: who has the application, and until when. */
export function CertificationStatus({ organisation, latest }: StatusProps) {
  const { strings, language, pick } = useLanguage();
  const text = strings.enterprise.certification;
  const expected = useExpected();
  const isProvider = organisation.kind === 'provider';
  const city = text.city(pick(organisation.jurisdictionName));
  const decided = latest?.decidedAt;
  const registered: Station = {
    title: text.registered,
    state: 'done',
    when: minute(organisation.createdAt, language),
  };
  const own: Station = latest
    ? {
        title: latest.round > 1 ? text.submittedAgain(latest.round) : text.submitted,
        state: 'done',
        when: minute(latest.submittedAt, language),
      }
    : { title: text.submit, state: 'now', who: strings.enterprise.timeline.own, note: text.submitNote };
  return <Timeline label={text.progress} stations={[registered, own, ...reviews(), outcome()]} />;

  function reviews(): Station[] {
    const atCity: Station = { title: isProvider ? text.recommendation : text.review, state: 'ahead', who: city };
    const atRegion: Station = {
      title: isProvider ? text.selection : text.regionalReview,
      state: 'ahead',
      who: text.region,
    };
    switch (latest?.status) {
      case undefined:
        return isProvider ? [atCity, atRegion] : [atCity];
      case 'city-review': {
        const until = latest.dueOn && day(latest.dueOn, language);
        const now: Station = { ...atCity, state: 'now', until, note: text.cityNote };
        return isProvider ? [now, atRegion] : [now];
      }
      case 'regional-review':
        return [
          { ...atCity, state: 'done' },
          {
            ...atRegion,
            state: 'now',
            note: latest.expectedBy ? expected('here', latest.expectedBy) : text.regionNote,
          },
        ];
      case 'approved':
        return [{ ...atCity, state: 'done' }, ...(isProvider ? [{ ...atRegion, state: 'done' } as const] : [])];
      default:
        return [{ title: text.review, state: 'done', when: decided && minute(decided, language) }];
    }
  }

  function outcome(): Station {
    switch (organisation.status) {
      case 'certified':
        return {
          title: text.certified,
          state: 'done',
          when: organisation.certifiedAt && minute(organisation.certifiedAt, language),
        };
      case 'returned':
        return { title: text.correct, state: 'now', who: strings.enterprise.timeline.own, note: text.correctNote };
      case 'rejected':
        return { title: text.rejected, state: 'stopped', note: text.rejectedNote };
      case 'annulled':
        return { title: strings.mine.statuses.annulled, state: 'stopped' };
      default:
        return { title: text.certified, state: 'ahead' };
    }
  }
}
