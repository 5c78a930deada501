import { jurisdictions } from '../core/registry/jurisdictions.ts';
import type { Account } from '../local/main.ts';

/** Every demo account has this password: the issuer of the embedded system is for trying things out. */
export const DEMO_PASSWORD = 'dengyun';

const account = (username: string, name: string, claims: Record<string, unknown> = {}): Account => ({
  sub: `demo-${username}`,
  username,
  password: DEMO_PASSWORD,
  name,
  claims,
});

/** One reviewer for each of the 14 jurisdictions: `city-150100` and so on. */
const cityReviewers = Object.entries(jurisdictions).map(([code, { zh }]) =>
  account(`city-${code}`, `${zh}工信局审核员`, { roles: ['city-reviewer'], jurisdiction: code }),
);

/** The people of the demonstration. Members of organisations have no roles: their membership is a record of the system. */
export const demoAccounts: readonly Account[] = [
  account('officer', '自治区工信厅 乌兰', { roles: ['regional-officer'] }),
  account('officer2', '自治区工信厅 巴特尔', { roles: ['regional-officer'] }),
  account('finance', '自治区财政厅 其其格', { roles: ['finance-officer'] }),
  account('finance2', '自治区财政厅 苏和', { roles: ['finance-officer'] }),
  account('auditor', '第三方审核 高娃', { roles: ['auditor'] }),
  account('auditor2', '第三方审核 陈静', { roles: ['auditor'] }),
  account('operator', '系统运营方 孟和', { roles: ['operator'] }),
  account('inspector', '审计监察 哈斯', { roles: ['inspector'] }),
  ...cityReviewers,
  ...['云上草原', '敕勒川数据', '北疆云'].map((name, i) => account(`provider${i + 1}`, `${name} 业务员`)),
  ...['敖包矿业', '河套面粉', '鹿城机械', '阿尔山乳业', '乌海热电', '满洲里木业', '锡林皮革', '通辽铸造'].map(
    (name, i) => account(`enterprise${i + 1}`, `${name} 会计`),
  ),
];
