import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { documentsRoutes as routes } from '../../contracts/documents.ts';
import type { DocumentPurpose } from '../../core/documents/document.ts';
import { LINK_TIME, UPLOAD_TIME } from '../../core/documents/limits.ts';
import { sampleImage, samplePdf } from '../../demo/samples/index.ts';
import { announcementOf, documentsWorld, post, type Upload } from '../support/documents-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { type Caller, call } from '../support/http-event.ts';

const licence: Upload = {
  purpose: 'business-licence',
  contentType: 'image/png',
  content: sampleImage({ kind: 'png', width: 1000, height: 800, seed: 1 }),
};
const idCard: Upload = {
  purpose: 'id-card-front',
  contentType: 'image/jpeg',
  content: sampleImage({ kind: 'jpeg', width: 760, height: 480, seed: 2 }),
};
const contract: Upload = {
  purpose: 'contract',
  contentType: 'application/pdf',
  content: samplePdf(['云服务合同', '编号 2026-001']),
};

const city: Caller = { sub: 'city', roles: ['city-reviewer'], jurisdiction: '150200' };
const otherCity: Caller = { sub: 'other-city', roles: ['city-reviewer'], jurisdiction: '150100' };
const staff = (role: string): Caller => ({ sub: role, roles: [role] });

let engine: Engine;
let world: Awaited<ReturnType<typeof documentsWorld>>;
let member: Caller & { organisationId: string };
let stranger: Caller & { organisationId: string };

beforeAll(async () => {
  engine = await startEngine();
  world = await documentsWorld(engine);
  member = await world.member();
  stranger = await world.member('150100');
});
afterAll(async () => {
  await world.stop();
  await engine.stop();
});
afterEach(() => {
  vi.useRealTimers();
  // The SDK follows the `Date` header of the store, which is the host's, not the moved clock's.
  world.client.config.systemClockOffset = 0;
});

/** Everybody's clock at once: the functions', the SDK's and the store's. */
const later = (milliseconds: number) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + milliseconds);
};

const request = (caller: Caller | undefined, body: object, key?: string) =>
  call(world.api, routes.requestUpload, caller, { body, ...(key ? { key } : {}) });
const complete = (caller: Caller | undefined, documentId: string, key?: string) =>
  call(world.api, routes.completeUpload, caller, { params: { documentId }, body: {}, ...(key ? { key } : {}) });
const read = (caller: Caller, documentId: string) =>
  call(world.api, routes.readDocument, caller, { params: { documentId } });
const content = (caller: Caller, documentId: string) =>
  call(world.api, routes.readContent, caller, { params: { documentId } });
const openLink = (caller: Caller, documentId: string, key?: string) =>
  call(world.api, routes.openLink, caller, { params: { documentId }, body: {}, ...(key ? { key } : {}) });
const keysIn = async (bucket: string) =>
  ((await world.client.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents ?? []).map(({ Key }) => Key);
const ownList = async (caller: Caller) => (await call(world.api, routes.listDocuments, caller)).body.items;

describe('uploading', () => {
  test.each([
    ['a licence as PNG', licence],
    ['an ID card as JPEG', idCard],
    ['a contract as PDF', contract],
  ])('%s is announced, posted, inspected and accepted', async (_, upload) => {
    const requested = await request(member, announcementOf(upload));
    expect(requested).toMatchObject({
      status: 201,
      body: { status: 'requested', version: 1, organisationId: member.organisationId, purpose: upload.purpose },
    });
    expect(requested.body.upload.fields).toMatchObject({ 'Content-Type': upload.contentType });
    expect((await post(requested.body.upload, upload.content)).status).toBe(204);
    const completed = await complete(member, requested.body.id);
    expect(completed).toMatchObject({ status: 200, body: { status: 'accepted', version: 2 } });
    expect(completed.body).not.toHaveProperty('refusal');
    expect((await read(member, requested.body.id)).body).toEqual(completed.body);
  });

  test('the form goes to the store by path, and the object is named by id and checksum, never by the file name', async () => {
    const { body } = await request(member, announcementOf(licence));
    expect(body.upload.url).toBe(`${world.endpoint}/${world.buckets.evidence}`);
    expect(body.upload.fields.key).toBe(`${body.id}/${body.sha256}`);
  });

  test('identity images lie in the identity bucket and nothing else does', async () => {
    const fresh = await world.member();
    const card = await world.upload(fresh, { ...idCard, purpose: 'id-card-back' });
    const paper = await world.upload(fresh, licence);
    const [identity, evidence] = await Promise.all([keysIn(world.buckets.identity), keysIn(world.buckets.evidence)]);
    const keyOf = ({ body }: typeof card) => `${body.id}/${body.sha256}`;
    expect(identity).toContain(keyOf(card));
    expect(identity).not.toContain(keyOf(paper));
    expect(evidence).toContain(keyOf(paper));
    expect(evidence).not.toContain(keyOf(card));
  });

  test('the store takes no other content, type, key or size than the announced', async () => {
    const { body } = await request(member, announcementOf(licence));
    const changed = licence.content.slice();
    changed[changed.length - 1] = 0;
    expect((await post(body.upload, changed)).status).toBe(400);
    expect((await post(body.upload, licence.content.slice(1))).status).toBe(400);
    const withField = (name: string, value: string) => ({
      ...body.upload,
      fields: { ...body.upload.fields, [name]: value },
    });
    expect((await post(withField('Content-Type', 'text/html'), licence.content)).status).toBe(403);
    expect((await post(withField('key', 'elsewhere'), licence.content)).status).toBe(403);
    expect(await complete(member, body.id)).toMatchObject({ status: 409, body: { code: 'document-not-uploaded' } });
  });

  test('an accepted content cannot be replaced while the form still lives', async () => {
    const { body } = await request(member, announcementOf(licence));
    await post(body.upload, licence.content);
    await complete(member, body.id);
    const other = sampleImage({ kind: 'png', width: 1000, height: 800, seed: 9 });
    expect((await post(body.upload, other)).ok).toBe(false);
  });

  test('after ten minutes the form is refused, and completing says to ask for another', async () => {
    const { body } = await request(member, announcementOf(licence));
    later(UPLOAD_TIME + 1000);
    expect((await post(body.upload, licence.content)).status).toBe(403);
    expect(await complete(member, body.id)).toMatchObject({ status: 409, body: { code: 'document-upload-expired' } });
    expect((await read(member, body.id)).body).toMatchObject({ status: 'requested', version: 1 });
  });

  test('what was posted in time may be completed later', async () => {
    const { body } = await request(member, announcementOf(licence));
    await post(body.upload, licence.content);
    later(UPLOAD_TIME + 1000);
    expect((await complete(member, body.id)).body.status).toBe('accepted');
  });
});

describe('announcing', () => {
  test.each([
    [
      'an ID card as PDF',
      { ...announcementOf(idCard), contentType: 'application/pdf' },
      '/contentType',
      'document-type-not-allowed',
    ],
    ['an ID card of 6 MB', { ...announcementOf(idCard), size: 6 * 1024 * 1024 }, '/size', 'document-too-large'],
    [
      'a contract of more than 10 MB',
      { ...announcementOf(contract), size: 10 * 1024 * 1024 + 1 },
      '/size',
      'document-too-large',
    ],
    ['a file of ten bytes', { ...announcementOf(contract), size: 10 }, '/size', 'document-too-small'],
    ['an empty file', { ...announcementOf(contract), size: 0 }, '/size', 'too-short'],
    ['a negative size', { ...announcementOf(contract), size: -1 }, '/size', 'too-short'],
    ['another type', { ...announcementOf(contract), contentType: 'text/html' }, '/contentType', 'wrong-value'],
    ['an unknown purpose', { ...announcementOf(contract), purpose: 'selfie' }, '/purpose', 'wrong-value'],
    ['a checksum that is none', { ...announcementOf(contract), sha256: 'ABC' }, '/sha256', 'wrong-format'],
    [
      'a file name with a path',
      { ...announcementOf(contract), fileName: '../../etc/passwd' },
      '/fileName',
      'wrong-format',
    ],
    ['a file name with a line break', { ...announcementOf(contract), fileName: 'a\r\nb' }, '/fileName', 'wrong-format'],
    ['an over-long file name', { ...announcementOf(contract), fileName: 'a'.repeat(201) }, '/fileName', 'too-long'],
    ['an unknown field', { ...announcementOf(contract), organisationId: 'x' }, '/organisationId', 'unknown-field'],
  ])('%s is refused at its place and nothing is made', async (_, body, pointer, code) => {
    const fresh = await world.member();
    const refused = await request(fresh, body);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([expect.objectContaining({ pointer, code })]);
    expect(refused.body.errors[0].detail).not.toBe(refused.body.errors[0].detailEn);
    expect(await ownList(fresh)).toEqual([]);
  });

  test('only members of an organisation announce', async () => {
    const body = announcementOf(licence);
    expect((await request(undefined, body)).status).toBe(401);
    expect(await request({ sub: 'nobody' }, body)).toMatchObject({
      status: 403,
      body: { code: 'organisation-required' },
    });
    expect(await request(staff('regional-officer'), body)).toMatchObject({
      status: 403,
      body: { code: 'role-forbidden' },
    });
  });

  test('a missing, malformed or untyped body is refused', async () => {
    const send = (what: object) => call(world.api, routes.requestUpload, member, what);
    expect(await send({})).toMatchObject({ status: 400, body: { code: 'missing-body' } });
    const json = { 'content-type': 'application/json' };
    expect(await send({ rawBody: '{"purpose"', headers: json })).toMatchObject({
      status: 400,
      body: { code: 'malformed-json' },
    });
    expect(await send({ rawBody: 'a', headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 415 });
    expect(await send({ body: announcementOf(licence), headers: { 'idempotency-key': '' } })).toMatchObject({
      status: 400,
      body: { code: 'idempotency-key-required' },
    });
  });

  test('the same request again has the same form, another under its key is refused', async () => {
    const fresh = await world.member();
    const first = await request(fresh, announcementOf(licence), 'upload-key-1');
    const again = await request(fresh, announcementOf(licence), 'upload-key-1');
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await ownList(fresh)).toHaveLength(1);
    expect(await request(fresh, announcementOf(contract), 'upload-key-1')).toMatchObject({
      status: 409,
      body: { code: 'idempotency-key-reused' },
    });
  });
});

describe('completing', () => {
  test.each<[string, Upload, string]>([
    [
      'a licence that is too small to read',
      { ...licence, content: sampleImage({ kind: 'png', width: 1000, height: 799, seed: 1 }) },
      'document-resolution-too-low',
    ],
    [
      'a JPEG that says it is a PNG',
      { ...licence, content: sampleImage({ kind: 'jpeg', width: 900, height: 900, seed: 1 }) },
      'document-wrong-type',
    ],
    [
      'a text that says it is a PDF',
      { ...contract, content: new TextEncoder().encode('<script>alert(1)</script>'.repeat(20)) },
      'document-wrong-type',
    ],
    [
      'half an image',
      { ...licence, content: licence.content.slice(0, licence.content.length / 2) },
      'document-not-decodable',
    ],
  ])('%s is refused with the rule, for good', async (_, upload, rule) => {
    const fresh = await world.member();
    const completed = await world.upload(fresh, upload);
    expect(completed).toMatchObject({ status: 200, body: { status: 'refused', version: 2, refusal: { rule } } });
    expect(completed.body.refusal.zh).not.toMatch(/\{\w+\}/);
    expect(completed.body.refusal.zh).not.toBe(completed.body.refusal.en);
    const again = await complete(fresh, completed.body.id);
    expect(again.body).toEqual(completed.body);
    const trail = await engine.store.list('trail', { entity: 'document', id: { id: completed.body.id } });
    expect(trail.items.map(({ action, reasonCode, toStatus }) => [action, reasonCode, toStatus])).toEqual([
      ['create', undefined, 'requested'],
      ['refuse', rule, 'refused'],
    ]);
    expect(await content(fresh, completed.body.id)).toMatchObject({
      status: 409,
      body: { code: 'document-not-accepted' },
    });
  });

  test('a content that got past the form is refused by its checksum', async () => {
    const { body } = await request(member, announcementOf(licence));
    const Body = sampleImage({ kind: 'png', width: 1000, height: 800, seed: 5 });
    const Key = body.upload.fields.key;
    await world.client.send(new PutObjectCommand({ Bucket: world.buckets.evidence, Key, Body }));
    expect((await complete(member, body.id)).body.refusal.rule).toBe('document-checksum-mismatch');
  });

  test('an object beyond the limit is not even read', async () => {
    const { body } = await request(member, announcementOf(idCard));
    const Body = new Uint8Array(5 * 1024 * 1024 + 1);
    await world.client.send(
      new PutObjectCommand({ Bucket: world.buckets.identity, Key: body.upload.fields.key, Body }),
    );
    expect((await complete(member, body.id)).body.refusal.rule).toBe('document-too-large');
  });

  test('an empty object is refused', async () => {
    const { body } = await request(member, announcementOf(licence));
    const Key = body.upload.fields.key;
    await world.client.send(new PutObjectCommand({ Bucket: world.buckets.evidence, Key, Body: new Uint8Array() }));
    expect((await complete(member, body.id)).body.refusal.rule).toBe('document-empty');
  });

  test('many at once decide once', async () => {
    const { body } = await request(member, announcementOf(contract));
    await post(body.upload, contract.content);
    const answers = await Promise.all(Array.from({ length: 6 }, () => complete(member, body.id)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    const trail = await engine.store.list('trail', { entity: 'document', id: { id: body.id } });
    expect(trail.items).toHaveLength(2);
  });

  test('the same request again has the same answer, also when the first came too early', async () => {
    const { body } = await request(member, announcementOf(contract));
    expect((await complete(member, body.id, 'completion-1')).status).toBe(409);
    await post(body.upload, contract.content);
    const first = await complete(member, body.id, 'completion-1');
    expect(first.body.status).toBe('accepted');
    const again = await complete(member, body.id, 'completion-1');
    expect(again).toMatchObject({ status: 200, body: first.body, headers: { 'idempotency-replayed': 'true' } });
  });

  test("somebody else's document, an unknown one and an id that is none are not found", async () => {
    const { body } = await request(member, announcementOf(contract));
    await post(body.upload, contract.content);
    const unknown = `doc_${'0'.repeat(26)}`;
    for (const [caller, id] of [
      [stranger, body.id],
      [member, unknown],
      [member, 'x'],
    ] as const) {
      expect(await complete(caller, id)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    }
    expect((await complete(staff('inspector'), body.id)).status).toBe(403);
    expect((await read(member, body.id)).body.status).toBe('requested');
  });
});

describe('seeing documents', () => {
  const accepted = async (upload: Upload) => (await world.upload(member, upload)).body.id as string;
  const statusOf = async (caller: Caller, id: string) => (await read(caller, id)).status;

  test('members see their own, their city and the departments see them, others find nothing', async () => {
    const id = await accepted(contract);
    for (const caller of [member, city, staff('regional-officer'), staff('auditor'), staff('finance-officer')]) {
      expect(await statusOf(caller, id)).toBe(200);
    }
    for (const caller of [stranger, otherCity]) expect(await statusOf(caller, id)).toBe(404);
    expect((await call(world.api, routes.readDocument, undefined, { params: { documentId: id } })).status).toBe(401);
  });

  test('an identity image is seen by its members, its city, the region and inspectors only', async () => {
    const id = await accepted(idCard);
    for (const caller of [member, city, staff('regional-officer'), staff('inspector')]) {
      expect(await statusOf(caller, id)).toBe(200);
      expect((await openLink(caller, id)).status).toBe(201);
    }
    for (const caller of [stranger, otherCity, staff('auditor'), staff('finance-officer'), staff('operator')]) {
      expect(await statusOf(caller, id)).toBe(404);
      expect((await openLink(caller, id)).status).toBe(404);
      expect((await content(caller, id)).status).toBe(404);
    }
  });

  test('a link shows the content as what it was found to be, for five minutes', async () => {
    const id = await accepted(licence);
    const { status, body } = await content(member, id);
    expect(status).toBe(200);
    const shown = await fetch(body.url);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(licence.content);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('content-disposition')).toContain("inline; filename*=UTF-8''%E8%90%A5");
    later(LINK_TIME + 1000);
    expect((await fetch(body.url)).status).toBe(403);
  });

  test('a link opens the one document in the one way that it was made for', async () => {
    const [id, other] = [
      await accepted(licence),
      await accepted({ ...licence, content: sampleImage({ kind: 'png', width: 1000, height: 800, seed: 5 }) }),
    ];
    const [url, elsewhere] = await Promise.all(
      [id, other].map(async (one) => new URL((await content(member, one)).body.url)),
    );
    if (!url || !elsewhere) throw new Error('no link');
    const changed = (change: (link: URL) => void) => {
      const link = new URL(url);
      change(link);
      return fetch(link).then(({ status }) => status);
    };
    const { searchParams } = url;
    expect(await changed(() => undefined)).toBe(200);
    const refusals = {
      'another document': await changed((link) => (link.pathname = elsewhere.pathname)),
      'another bucket': await changed((link) => (link.pathname = link.pathname.replace('evidence', 'identity'))),
      'another signature': await changed((link) =>
        link.searchParams.set('X-Amz-Signature', elsewhere.searchParams.get('X-Amz-Signature') ?? ''),
      ),
      'no signature': await changed((link) => link.searchParams.delete('X-Amz-Signature')),
      'a longer life': await changed((link) => link.searchParams.set('X-Amz-Expires', '604800')),
      'another date': await changed((link) => link.searchParams.set('X-Amz-Date', '20200101T000000Z')),
      'another type': await changed((link) => link.searchParams.set('response-content-type', 'text/html')),
      'a parameter more': await changed((link) => link.searchParams.set('versionId', 'x')),
    };
    for (const [what, status] of Object.entries(refusals)) expect([400, 403], what).toContain(status);
    for (const method of ['PUT', 'DELETE', 'POST'])
      expect([400, 403], method).toContain((await fetch(url, { method })).status);
    expect(searchParams.get('X-Amz-Expires')).toBe(String(LINK_TIME / 1000));
  });

  test('a form is good for its own document only, in its own bucket', async () => {
    const [mine, theirs] = [
      await request(member, announcementOf(licence)),
      await request(stranger, announcementOf(licence)),
    ];
    const withKey = { ...mine.body.upload.fields, key: theirs.body.upload.fields.key };
    expect((await post({ url: mine.body.upload.url, fields: withKey }, licence.content)).status).toBe(403);
    const identity = mine.body.upload.url.replace(world.buckets.evidence, world.buckets.identity);
    expect((await post({ url: identity, fields: mine.body.upload.fields }, licence.content)).status).toBe(403);
    const { 'x-amz-checksum-sha256': _checksum, ...unchecked } = mine.body.upload.fields;
    expect([400, 403]).toContain(
      (await post({ url: mine.body.upload.url, fields: unchecked }, licence.content)).status,
    );
    const { Policy: _policy, ...unlimited } = mine.body.upload.fields;
    expect([400, 403]).toContain(
      (await post({ url: mine.body.upload.url, fields: unlimited }, licence.content)).status,
    );
    for (const { body } of [mine, theirs])
      expect(await keysIn(world.buckets.evidence)).not.toContain(body.upload.fields.key);
  });

  test('identity images are opened only by a link that stays in the trail', async () => {
    const id = await accepted(idCard);
    expect(await content(city, id)).toMatchObject({
      status: 403,
      body: { code: 'document-link-recorded', clause: '四' },
    });
    const opened = await openLink(city, id);
    expect((await fetch(opened.body.url)).status).toBe(200);
    const { items } = await engine.store.list('trail', { entity: 'document', id: { id } });
    expect(items.at(-1)).toMatchObject({ action: 'open-link', actor: { sub: 'city', role: 'city-reviewer' } });
  });

  test('opening a link again under the same key is recorded once and answers the same', async () => {
    const id = await accepted(idCard);
    const first = await openLink(city, id, 'open-link-1');
    const again = await openLink(city, id, 'open-link-1');
    expect(again).toMatchObject({ status: 201, body: first.body });
    const { items } = await engine.store.list('trail', { entity: 'document', id: { id } });
    expect(items.filter(({ action }) => action === 'open-link')).toHaveLength(1);
  });

  test('several readers at once each have their line in the trail', async () => {
    const id = await accepted(idCard);
    const answers = await Promise.all([city, member, staff('inspector')].map((caller) => openLink(caller, id)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const { items } = await engine.store.list('trail', { entity: 'document', id: { id } });
    expect(
      items
        .filter(({ action }) => action === 'open-link')
        .map(({ actor }) => actor.sub)
        .sort(),
    ).toEqual(['city', 'inspector', member.sub].sort());
  });

  test('a document that has not been accepted has no link', async () => {
    const { body } = await request(member, announcementOf(idCard));
    expect(await openLink(member, body.id)).toMatchObject({ status: 409, body: { code: 'document-not-accepted' } });
  });

  test('the list holds one organisation only, newest first, page by page', async () => {
    const fresh = await world.member();
    const ids: string[] = [];
    for (const purpose of ['contract', 'invoice', 'usage-report'] as DocumentPurpose[]) {
      ids.unshift((await world.upload(fresh, { ...contract, purpose })).body.id);
    }
    const first = await call(world.api, routes.listDocuments, fresh, { query: { limit: '2' } });
    const second = await call(world.api, routes.listDocuments, fresh, {
      query: { limit: '2', cursor: first.body.next },
    });
    const listed = [...first.body.items, ...second.body.items];
    expect(listed.map(({ id }: { id: string }) => id).sort()).toEqual([...ids].sort());
    expect(await call(world.api, routes.listDocuments, fresh, { query: { limit: '101' } })).toMatchObject({
      status: 422,
    });
    expect((await call(world.api, routes.listDocuments, staff('inspector'))).status).toBe(403);
  });
});

describe('evidence for objections, without an account', () => {
  const { purpose: _purpose, ...announced } = announcementOf({ ...contract, purpose: 'objection-evidence' });
  const announce = (body: object, key?: string) =>
    call(world.api, routes.requestPublicUpload, undefined, { body, ...(key ? { key } : {}) });
  const finish = (documentId: string, caller?: Caller) =>
    call(world.api, routes.completePublicUpload, caller, { params: { documentId }, body: {} });

  test('is announced, posted and accepted; it belongs to nobody and only staff see it', async () => {
    const requested = await announce(announced);
    expect(requested).toMatchObject({ status: 201, body: { purpose: 'objection-evidence', status: 'requested' } });
    expect(requested.body).not.toHaveProperty('organisationId');
    expect((await post(requested.body.upload, contract.content)).status).toBe(204);
    const finished = await finish(requested.body.id);
    expect(finished).toMatchObject({ status: 200, body: { status: 'accepted' } });
    expect((await finish(requested.body.id)).body).toEqual(finished.body);
    expect(await statusesOf(requested.body.id)).toEqual([404, 404, 200, 200]);
  });

  const statusesOf = (id: string) =>
    Promise.all(
      [member, city, staff('regional-officer'), staff('inspector')].map(
        async (caller) => (await read(caller, id)).status,
      ),
    );

  test('is smaller than that of members, and for no other purpose', async () => {
    expect(await announce({ ...announced, size: 3 * 1024 * 1024 + 1 })).toMatchObject({
      status: 422,
      body: { code: 'document-too-large' },
    });
    expect(await announce({ ...announced, purpose: 'id-card-front' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/purpose', code: 'unknown-field' }] },
    });
  });

  test("cannot complete a member's document, nor a member the public's", async () => {
    const own = await request(member, announcementOf(contract));
    await post(own.body.upload, contract.content);
    expect((await finish(own.body.id)).status).toBe(404);
    expect((await finish(own.body.id, member)).status).toBe(404);
    const theirs = await announce(announced);
    await post(theirs.body.upload, contract.content);
    expect((await complete(member, theirs.body.id)).status).toBe(404);
  });

  test('both routes are throttled at the gateway', () => {
    for (const route of [routes.requestPublicUpload, routes.completePublicUpload]) {
      expect(route.throttle).toEqual({ rate: 2, burst: 5 });
    }
  });
});
