import { type Jurisdiction, jurisdictions } from '../core/registry/jurisdictions.ts';
import type { Account } from '../local/main.ts';

/** Every demo account has this password: the issuer of the embedded system is for trying things out. */
export const DEMO_PASSWORD = 'dengyun';

const account = (username: string, office: string, name: string, claims: Record<string, unknown> = {}): Account => ({
  sub: `demo-${username}`,
  username,
  password: DEMO_PASSWORD,
  name,
  office,
  claims,
});

/** Who reviews for each of the 14 jurisdictions. */
const reviewerOf: Record<Jurisdiction, string> = {
  150100: '张慧敏',
  150200: '那日苏',
  150300: '李建军',
  150400: '王丽娟',
  150500: '宝音',
  150600: '斯琴',
  150700: '朝鲁',
  150781: '孙伟',
  150800: '赵晓燕',
  150900: '刘志强',
  152200: '吉日嘎拉',
  152500: '萨仁高娃',
  152501: '乌云',
  152900: '敖特根',
};

/** One reviewer for each: `city-150100` and so on. */
const cityReviewers = Object.entries(jurisdictions).map(([code, { zh }]) =>
  account(`city-${code}`, `${zh}工信局`, reviewerOf[code as Jurisdiction], {
    roles: ['city-reviewer'],
    jurisdiction: code,
  }),
);

/** Organisations whose people register them, and who those are. */
const providers = [
  ['云上草原', '周凯'],
  ['敕勒川数据', '韩雪'],
  ['北疆云', '马骏'],
] as const;
const enterprises = [
  ['敖包矿业', '吴敏'],
  ['河套面粉', '郭凤英'],
  ['鹿城机械', '高翔'],
  ['阿尔山乳业', '图雅'],
  ['乌海热电', '何静'],
  ['满洲里木业', '田野'],
  ['锡林皮革', '塔娜'],
  ['通辽铸造', '白玉兰'],
] as const;

/** The people of the demonstration. Members of organisations have no roles: their membership is a record of the system. */
export const demoAccounts: readonly Account[] = [
  account('officer', '自治区工信厅', '乌兰', { roles: ['regional-officer'] }),
  account('officer2', '自治区工信厅', '巴特尔', { roles: ['regional-officer'] }),
  account('finance', '自治区财政厅', '其其格', { roles: ['finance-officer'] }),
  account('finance2', '自治区财政厅', '苏和', { roles: ['finance-officer'] }),
  account('auditor', '第三方审核', '高娃', { roles: ['auditor'] }),
  account('auditor2', '第三方审核', '陈静', { roles: ['auditor'] }),
  account('operator', '系统运营方', '孟和', { roles: ['operator'] }),
  account('inspector', '审计监察', '哈斯', { roles: ['inspector'] }),
  ...cityReviewers,
  ...providers.map(([office, name], i) => account(`provider${i + 1}`, office, name)),
  ...enterprises.map(([office, name], i) => account(`enterprise${i + 1}`, office, name)),
];
