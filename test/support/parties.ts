import { certify, type Member, register } from '../../demo/cast.ts';
import type { System } from '../../demo/system.ts';

/** Firms of Baotou whose clerks have accounts of the demonstration, by those. */
const firms = {
  provider1: { name: '云上草原科技有限公司', serial: 9101 },
  provider2: { name: '敕勒川数据服务有限公司', serial: 9102 },
  enterprise1: { name: '敖包矿业有限责任公司', serial: 1101 },
  enterprise2: { name: '河套面粉有限公司', serial: 1102 },
  enterprise3: { name: '鹿城机械制造有限公司', serial: 1103 },
  enterprise4: { name: '阿尔山乳业有限公司', serial: 1104 },
  enterprise5: { name: '乌海热电有限公司', serial: 1105 },
} as const;

/** Registers the firm of an account. */
export const registered = (system: System, username: keyof typeof firms): Promise<Member> =>
  register(system, {
    ...firms[username],
    username,
    kind: username.startsWith('provider') ? 'provider' : 'enterprise',
    jurisdiction: '150200',
    section: 'C',
  });

/** The same, and has it certified. */
export async function certified(system: System, username: keyof typeof firms): Promise<Member> {
  const member = await registered(system, username);
  await certify(system, member);
  return member;
}
