import { inboxRoutes } from '../contracts/inbox.ts';
import { registryRoutes } from '../contracts/registry.ts';
import { businessDate } from '../core/calendar/business-date.ts';
import { composeIdCard } from '../core/identity/id-card.ts';
import { composeUscc, type Uscc } from '../core/identity/uscc.ts';
import type { Jurisdiction } from '../core/registry/jurisdictions.ts';
import type { Person } from './client.ts';
import type { System } from './system.ts';
import { until } from './until.ts';
import { sampleFor, type Upload, uploadDocument } from './uploads.ts';

/** An organisation of the demonstration and the person who acts for it. */
export interface Member {
  readonly person: Person;
  readonly organisationId: string;
  readonly name: string;
  readonly uscc: Uscc;
  readonly jurisdiction: Jurisdiction;
  /** Of its contact. */
  readonly idNumber: string;
}

export interface Casting {
  readonly username: string;
  readonly kind: 'enterprise' | 'provider';
  readonly name: string;
  readonly jurisdiction: Jurisdiction;
  readonly section: string;
  /** Makes its USCC, its contact's ID number and its bank account. */
  readonly serial: number;
}

/** Registers an organisation and gives its contact's identity. */
export async function register(system: System, casting: Casting): Promise<Member> {
  const person = system.person(casting.username);
  const uscc = composeUscc(casting.jurisdiction, casting.serial);
  const idNumber = composeIdCard(casting.jurisdiction, businessDate('1985-06-12'), casting.serial % 1000);
  const organisation = await person.do(registryRoutes.registerOrganisation, {
    body: {
      kind: casting.kind,
      uscc,
      name: casting.name,
      jurisdiction: casting.jurisdiction,
      industrySection: casting.section,
      address: `${casting.name}厂区 ${casting.serial} 号`,
      memberName: `${casting.name}经办人`,
    },
  });
  await person.do(registryRoutes.putIdentity, {
    params: { organisationId: organisation.id },
    version: 0,
    body: {
      legalRepresentative: '白音',
      contactName: '萨仁',
      contactIdNumber: idNumber,
      contactPhone: `138${String(40_000_000 + casting.serial)}`,
      ...(casting.kind === 'provider'
        ? {
            bankAccount: {
              accountName: casting.name,
              bank: '内蒙古银行',
              number: `6217${String(800_000_000_000 + casting.serial)}`,
            },
          }
        : {}),
    },
  });
  return {
    idNumber,
    person,
    organisationId: organisation.id,
    name: casting.name,
    uscc,
    jurisdiction: casting.jurisdiction,
  };
}

/** Uploads the three documents of an application and applies. */
export async function apply(member: Member): Promise<string> {
  const documents: Record<string, string> = {};
  const wanted: readonly [string, Upload['purpose']][] = [
    ['businessLicence', 'business-licence'],
    ['idCardFront', 'id-card-front'],
    ['idCardBack', 'id-card-back'],
  ];
  for (const [field, purpose] of wanted) {
    documents[field] = await uploadDocument(member.person, sampleFor(purpose, `${member.name} ${purpose}`));
  }
  const organisation = await member.person.do(registryRoutes.readOrganisation, {
    params: { organisationId: member.organisationId },
  });
  const certification = await member.person.do(registryRoutes.submitCertification, {
    params: { organisationId: member.organisationId },
    version: organisation.version,
    body: { documents },
  });
  return certification.id;
}

export interface Verdict {
  readonly outcome: string;
  readonly reasonCode?: string;
  readonly note?: string;
  readonly reasons?: readonly { pointer: string; reasonCode: string; note?: string }[];
  readonly corrected?: string;
}

/** Waits until a task about this subject is in the person's inbox. */
export async function taskAbout(person: Person, subjectId: string, kind?: string) {
  return until(`a task about ${subjectId} for ${person.username}`, async () => {
    let cursor: string | undefined;
    do {
      const page = await person.do(inboxRoutes.listTasks, { query: { limit: 100, ...(cursor ? { cursor } : {}) } });
      const task = page.items.find(
        (t: { subject: { id: string }; kind: string }) => t.subject.id === subjectId && (!kind || t.kind === kind),
      );
      if (task) return task;
      cursor = page.next;
    } while (cursor);
    return undefined;
  });
}

/** Decides the task about this subject in the person's inbox. */
export async function decide(person: Person, subjectId: string, verdict: Verdict, kind?: string): Promise<void> {
  const task = await taskAbout(person, subjectId, kind);
  await person.do(inboxRoutes.decideTask, { params: { taskId: task.id }, version: task.version, body: verdict });
}

/** Applies and is certified: enterprises by their city, providers by recommendation and selection. */
export async function certify(system: System, member: Member): Promise<void> {
  const certificationId = await apply(member);
  await approveApplication(system, member, certificationId);
}

export async function approveApplication(system: System, member: Member, certificationId: string): Promise<void> {
  await decide(system.person(`city-${member.jurisdiction}`), certificationId, { outcome: 'approve' });
  const organisation = await member.person.do(registryRoutes.readOrganisation, {
    params: { organisationId: member.organisationId },
  });
  if (organisation.kind === 'provider') await decide(system.person('officer'), certificationId, { outcome: 'approve' });
  await statusOf(member, 'certified');
}

/** Waits until the organisation has this status. */
export async function statusOf(member: Member, status: string): Promise<void> {
  await until(`${member.name} is ${status}`, async () => {
    const organisation = await member.person.do(registryRoutes.readOrganisation, {
      params: { organisationId: member.organisationId },
    });
    return organisation.status === status || undefined;
  });
}
