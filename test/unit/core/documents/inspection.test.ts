import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../../core/actors/actor.ts';
import { maySeeDocument, showsIdentity } from '../../../../core/documents/access.ts';
import { contentTypes, documentPurposes } from '../../../../core/documents/document.ts';
import { type ContentFacts, judgeContent } from '../../../../core/documents/inspection.ts';
import { announcementIssues, MOST_PIXELS, uploadLimits } from '../../../../core/documents/limits.ts';

const MB = 1024 * 1024;
const purposes = fc.constantFrom(...documentPurposes);
const documents = fc.record({
  purpose: purposes,
  organisationId: fc.constantFrom('org_1', undefined),
  contentType: fc.constantFrom(...contentTypes),
  size: fc.integer({ min: 1, max: 12 * MB }),
  sha256: fc.constantFrom('a', 'b'),
});
const facts: fc.Arbitrary<ContentFacts> = fc.record(
  {
    size: fc.integer({ min: 0, max: 12 * MB }),
    sha256: fc.constantFrom('a', 'b'),
    type: fc.constantFrom(...contentTypes, 'image/gif', 'unknown'),
    image: fc.record({
      width: fc.integer({ min: 1, max: 9000 }),
      height: fc.integer({ min: 1, max: 9000 }),
      interlaced: fc.boolean(),
    }),
    opened: fc.oneof(
      fc.record({ as: fc.constant('image' as const), ink: fc.double({ min: 0, max: 1, noNaN: true }) }),
      fc.record({ as: fc.constant('pdf' as const), encrypted: fc.boolean(), hasPages: fc.boolean() }),
      fc.constant({ as: 'damaged' as const }),
    ),
  },
  { requiredKeys: ['size', 'sha256', 'type'] },
);

describe('limits by purpose', () => {
  test('a licence needs 800 pixels, an ID card 480, everything else 600; nothing is above 10 MB', () => {
    for (const purpose of documentPurposes) {
      const { shortestSide, mostBytes } = uploadLimits({ purpose, organisationId: 'org_1' });
      expect(shortestSide).toBe(purpose === 'business-licence' ? 800 : showsIdentity({ purpose }) ? 480 : 600);
      expect(mostBytes).toBeLessThanOrEqual(10 * MB);
    }
  });

  test('everything but ID cards may be a PDF', () => {
    for (const purpose of documentPurposes) {
      const { types } = uploadLimits({ purpose, organisationId: 'org_1' });
      expect(types.includes('application/pdf')).toBe(!showsIdentity({ purpose }));
    }
  });

  test('the public never gets more room than members', () => {
    fc.assert(
      fc.property(purposes, (purpose) => {
        const [anyone, member] = [uploadLimits({ purpose }), uploadLimits({ purpose, organisationId: 'org_1' })];
        expect(anyone.mostBytes).toBeLessThanOrEqual(Math.min(member.mostBytes, 3 * MB));
      }),
    );
  });

  test('every broken limit is named at its field', () => {
    const idCard = uploadLimits({ purpose: 'id-card-front', organisationId: 'org_1' });
    const issues = announcementIssues({ contentType: 'application/pdf', size: 20 * MB }, idCard);
    expect(issues.map(({ pointer, rule }) => [pointer, rule])).toEqual([
      ['/contentType', 'document-type-not-allowed'],
      ['/size', 'document-too-large'],
    ]);
  });
});

describe('judging a content', () => {
  test('what is accepted is what was announced, of its type, legible and within every limit', () => {
    fc.assert(
      fc.property(documents, facts, (document, found) => {
        // Half of the cases agree with the announcement, or nothing would ever be accepted.
        for (const seen of [
          found,
          { ...found, size: document.size, sha256: document.sha256, type: document.contentType },
        ]) {
          if (!judgeContent(document, seen).ok) continue;
          const { mostBytes, shortestSide } = uploadLimits(document);
          expect(seen).toMatchObject({ size: document.size, sha256: document.sha256, type: document.contentType });
          expect(seen.size).toBeLessThanOrEqual(mostBytes);
          expect(['image', 'pdf']).toContain(seen.opened?.as);
          if (seen.image) {
            expect(Math.min(seen.image.width, seen.image.height)).toBeGreaterThanOrEqual(shortestSide);
            expect(seen.image.width * seen.image.height).toBeLessThanOrEqual(MOST_PIXELS);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('what was not opened is never accepted', () => {
    fc.assert(
      fc.property(documents, facts, (document, { opened: _opened, ...found }) => {
        const unopened = { ...found, size: document.size, sha256: document.sha256, type: document.contentType };
        expect(judgeContent(document, unopened).ok).toBe(false);
      }),
    );
  });
});

describe('who may see a document', () => {
  const document = { purpose: 'id-card-front', organisationId: 'org_1', jurisdiction: '150200' } as const;
  const cases: [Actor, boolean, boolean][] = [
    [{ sub: 'a', role: 'enterprise', organisationId: 'org_1' }, true, true],
    [{ sub: 'a', role: 'provider', organisationId: 'org_2' }, false, false],
    [{ sub: 'a', role: 'city-reviewer', jurisdiction: '150200' }, true, true],
    [{ sub: 'a', role: 'city-reviewer', jurisdiction: '150100' }, false, false],
    [{ sub: 'a', role: 'regional-officer' }, true, true],
    [{ sub: 'a', role: 'inspector' }, true, true],
    [{ sub: 'a', role: 'finance-officer' }, false, true],
    [{ sub: 'a', role: 'auditor' }, false, true],
    [{ sub: 'a', role: 'operator' }, false, true],
    [{ sub: 'a', role: 'person' }, false, false],
  ];
  test.each(cases)('%o: identity image %s, contract %s', (actor, identity, contract) => {
    expect(maySeeDocument(actor, document)).toBe(identity);
    expect(maySeeDocument(actor, { ...document, purpose: 'contract' })).toBe(contract);
  });
});
