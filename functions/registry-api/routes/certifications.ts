import { registryRoutes } from '../../../contracts/registry.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { visibleCertification } from '../../../core/usecases/registry/read-certification.ts';
import { visibleOrganisation } from '../../../core/usecases/registry/read-organisation.ts';
import { makeSubmitCertification } from '../../../core/usecases/registry/submit-certification.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { commandRoute, readRoute } from '../../_runtime/route.ts';
import { toCertificationAnswer } from '../answers.ts';

export const submitCertification = (ports: Ports) => {
  const submit = makeSubmitCertification(ports);
  return commandRoute(
    registryRoutes.submitCertification,
    ({ params, body: { documents }, command }) => {
      const { industryService, ...required } = documents;
      return submit(
        { ...params, documents: { ...required, ...(industryService ? { industryService } : {}) } },
        command,
      );
    },
    toCertificationAnswer,
  );
};

export const listCertifications = ({ reads }: Ports) =>
  readRoute(
    registryRoutes.listCertifications,
    async ({ params, query, actor }) => {
      const visible = await visibleOrganisation(reads, params.organisationId, actor);
      return visible.ok ? ok(await reads.list('certificationsOf', params, pageArguments(query))) : visible;
    },
    toPage(toCertificationAnswer),
  );

export const readCertification = ({ reads }: Ports) =>
  readRoute(
    registryRoutes.readCertification,
    ({ params, actor }) => visibleCertification(reads, params.certificationId, actor),
    toCertificationAnswer,
  );
