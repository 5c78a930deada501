import { createHash } from 'node:crypto';
import { PNG } from 'pngjs';
import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import { documentsRoutes } from '../../../contracts/documents.ts';
import { registryRoutes } from '../../../contracts/registry.ts';
import { businessDateOf } from '../../../core/calendar/business-date.ts';
import type { DocumentPurpose } from '../../../core/documents/document.ts';
import { uploadLimits } from '../../../core/documents/limits.ts';
import { composeIdCard } from '../../../core/identity/id-card.ts';
import { composeUscc } from '../../../core/identity/uscc.ts';
import { sampleImage } from '../../../demo/samples/index.ts';
import type { ObjectsInMemory } from '../objects.ts';
import { live, type Person, type Surroundings } from '../person.ts';
import { randomOf } from '../random.ts';

const HOUR = 3_600_000;

/**
 * Scans that can be read, one per paper, no larger than they must be and in grey: making and reading one takes longer than
 * everything else that is done with it.
 */
const scans = new Map<string, Uint8Array>();
function scanOf(purpose: DocumentPurpose): Uint8Array {
  const seed = purpose.length;
  const scan = scans.get(purpose) ?? inGrey(sampleImage({ kind: 'png', ...sizeOf(purpose), seed }));
  scans.set(purpose, scan);
  return scan;
}

const inGrey = (png: Uint8Array): Uint8Array =>
  new Uint8Array(PNG.sync.write(PNG.sync.read(Buffer.from(png)), { colorType: 0, filterType: 0 }));

const sizeOf = (purpose: DocumentPurpose): { width: number; height: number } => {
  const { shortestSide } = uploadLimits({ purpose });
  return { width: shortestSide, height: shortestSide };
};

/**
 * Somebody whose organisation is not certified yet: registers it, gives its identity, uploads its papers, applies, and
 * applies again after a return. A provider then has its first offering reviewed.
 */
export function newcomer(world: Surroundings, objects: ObjectsInMemory): void {
  const random = randomOf(world.seed, 'newcomer casting');
  const kind = random.pick(['enterprise', 'provider'] as const);
  const sub = 'newcomer';
  let organisationId: string | undefined;
  let offered = false;

  const upload = async (me: Person, purpose: DocumentPurpose): Promise<string | undefined> => {
    const bytes = scanOf(purpose);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const body = { purpose, fileName: 'scan.png', contentType: 'image/png', size: bytes.byteLength, sha256 };
    const announced = await me.do(documentsRoutes.requestUpload, { body });
    if (announced?.status !== 201) return undefined;
    objects.put(announced.body.upload.url, bytes);
    const params = { documentId: announced.body.id };
    const checked = await me.do(documentsRoutes.completeUpload, { params });
    return checked?.body.status === 'accepted' ? announced.body.id : undefined;
  };

  const register = (me: Person) =>
    me.deed('register an organisation', async () => {
      const name = '新来科技有限公司';
      const registered = await me.do(registryRoutes.registerOrganisation, {
        body: {
          kind,
          uscc: composeUscc('150100', 77),
          name,
          jurisdiction: '150100',
          industrySection: kind === 'enterprise' ? 'C' : 'I',
          address: '呼和浩特市新城区',
          memberName: '张三',
        },
      });
      if (registered?.status !== 201) return;
      organisationId = registered.body.id;
      await me.do(registryRoutes.putIdentity, {
        params: { organisationId: registered.body.id },
        version: 0,
        body: {
          legalRepresentative: '白音',
          contactName: '萨仁',
          contactIdNumber: composeIdCard('150100', businessDateOf(0), 77),
          contactPhone: '13800000077',
          ...(kind === 'provider'
            ? { bankAccount: { accountName: name, bank: '内蒙古银行', number: '6217800000000077' } }
            : {}),
        },
      });
    });

  const apply = (me: Person, version: number) =>
    me.deed('apply for certification', async () => {
      if (organisationId === undefined) return;
      const businessLicence = await upload(me, 'business-licence');
      const idCardFront = await upload(me, 'id-card-front');
      const idCardBack = await upload(me, 'id-card-back');
      if (!businessLicence || !idCardFront || !idCardBack) return;
      await me.do(registryRoutes.submitCertification, {
        params: { organisationId },
        version,
        body: { documents: { businessLicence, idCardFront, idCardBack } },
      });
    });

  const offer = (me: Person) =>
    me.deed('have an offering reviewed', async () => {
      const documentId = await upload(me, 'market-price-evidence');
      if (!documentId) return;
      const created = await me.do(catalogueRoutes.createOffering, {
        body: {
          name: '新来云',
          description: '云服务',
          kind: 'iot',
          price: '1000.00',
          priceUnit: 'month',
          voucherSupported: true,
          marketPrice: { price: '1200.00', source: '公开报价', observedOn: businessDateOf(me.now()), documentId },
        },
      });
      if (created?.status !== 201) return;
      offered = true;
      await submit(me, created.body.id, created.body.draft.version);
    });

  const submit = async (me: Person, offeringId: string, version: number): Promise<void> => {
    await me.do(catalogueRoutes.submitVersion, { params: { offeringId, number: 1 }, version });
  };

  live(world, {
    name: sub,
    caller: { sub },
    cares: (item) => {
      const {
        id,
        status = '',
        providerId,
      } = (item.data ?? {}) as { id?: string; status?: string; providerId?: string };
      if (item.type === 'organisation') return id === organisationId && ['returned', 'certified'].includes(status);
      return item.type === 'offeringVersion' && providerId === organisationId && status === 'returned';
    },
    appointments: [2, 26, 50].map((hours) => world.clock.now() + hours * HOUR),
    async look(me) {
      if (organisationId === undefined) await register(me);
      if (organisationId === undefined) return;
      const organisation = await me.read(registryRoutes.readOrganisation, { params: { organisationId } });
      if (!organisation) return;
      if (['registered', 'returned'].includes(organisation.status)) await apply(me, organisation.version);
      else if (organisation.status === 'certified' && kind === 'provider') {
        if (!offered) await offer(me);
        else await correct(me);
      }
    },
  });

  const correct = (me: Person) =>
    me.deed('correct an offering', async () => {
      const page = await me.read(catalogueRoutes.listOwnOfferings, { query: { limit: '10' } });
      for (const { id } of page?.items ?? []) {
        const version = await me.read(catalogueRoutes.readVersion, { params: { offeringId: id, number: 1 } });
        if (version?.status === 'returned') await submit(me, id, version.version);
      }
    });
}
