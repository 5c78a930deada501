import type { Page } from 'playwright-core';
import type { Guide } from '../../support/guide.ts';

/** An accountant whose enterprise is not registered yet, and those who decide and answer elsewhere. */
export interface EnterpriseWalk {
  readonly page: Page;
  /** What the accountant types. */
  readonly uscc: string;
  readonly idNumber: string;
  /** Files at hand: the licence without and with its stamp, both sides of the ID card. */
  readonly files: Readonly<Record<'unstamped' | 'stamped' | 'front' | 'back', ChosenFile>>;
  readonly signIn: (page: Page) => Promise<void>;
  /** The city sends the application back for its licence, then approves the next. */
  readonly cityReturns: () => Promise<void>;
  readonly cityApproves: () => Promise<void>;
  /** The provider answers the order with its contract. */
  readonly providerAnswers: () => Promise<void>;
}

export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const arrived = '已上传并通过内容检查';

const guide: Guide<EnterpriseWalk> = {
  role: 'enterprise',
  title: { zh: '上云企业：从登记到确认交付', en: 'An enterprise: from registration to delivery' },
  before: {
    zh: '需要一个登录账号，营业执照和联系人身份证的照片或扫描件。手机和电脑都可以办理，填写的内容在提交前一直保留，证件号码除外。',
    en: 'You need an account to sign in with, and photographs or scans of the business licence and of the contact’s ID card. A phone will do; what you type is kept until it is sent, except the numbers of identity.',
  },
  steps: [
    {
      says: {
        zh: '打开“资格自查”，填写统一社会信用代码、所在盟市和行业门类，按“查看结果”：页面列出要准备的材料。',
        en: 'Open “资格自查” (do I qualify), give the unified social credit code, the jurisdiction and the section of industry, and press “查看结果” (see the result): the page lists the documents you will need.',
      },
      async run({ page, uscc }) {
        await page.goto('/check');
        await page.getByLabel('统一社会信用代码').fill(uscc);
        await page.getByLabel('所在盟市').selectOption('150200');
        await page.getByLabel('所属行业门类').selectOption('C');
        await page.getByRole('button', { name: '查看结果' }).click();
        await page.getByText('符合基本条件，可以登记').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '按“登录并登记”。自查时填写的内容已经带过来，再填写单位名称和地址，按“登记”。',
        en: 'Press “登录并登记” (sign in and register). What you typed is there already; add name and address, and press “登记” (register).',
      },
      pictured: true,
      async run({ page, uscc, signIn }) {
        await page.getByRole('button', { name: '登录并登记' }).click();
        await signIn(page);
        await page.getByRole('heading', { level: 1, name: '登记单位' }).waitFor();
        if ((await page.getByLabel('统一社会信用代码').inputValue()) !== uscc)
          throw new Error('what was typed is lost');
        await page.getByLabel('单位名称').fill('阿尔山乳业有限公司');
        await page.getByLabel('地址').fill('包头市青山区民主路 8 号');
        return page;
      },
    },
    {
      says: {
        zh: '在“认证”页填写法定代表人、联系人和电话，上传营业执照和身份证两面。每个文件上传后立即显示预览和检查结果；手机上可以直接拍照。',
        en: 'On the page “认证” (certification) give the legal representative, the contact and a telephone number, and upload the licence and both sides of the ID card. Each file is shown and checked at once; a phone takes the photograph itself.',
      },
      pictured: true,
      async run({ page, idNumber, files }) {
        await page.getByRole('button', { name: '登记', exact: true }).click();
        await page.getByText('填写并提交申请').waitFor();
        await page.getByLabel('法定代表人').fill('白音');
        await page.getByLabel('联系人姓名').fill('萨仁');
        await page.getByLabel('联系人公民身份号码').fill(idNumber);
        await page.getByLabel('联系电话').fill('13947100044');
        await page.getByLabel('营业执照副本 选择文件').setInputFiles(files.unstamped);
        await page.getByLabel('联系人身份证人像面 选择文件').setInputFiles(files.front);
        await page.getByLabel('联系人身份证国徽面 选择文件').setInputFiles(files.back);
        await page.getByText(arrived).nth(2).waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '按“提交认证申请”。页面上方显示申请现在由谁办理、截止到哪一天。',
        en: 'Press “提交认证申请” (apply). The top of the page says who has the application, and until which day.',
      },
      pictured: true,
      async run({ page }) {
        await page.getByRole('button', { name: '提交认证申请' }).click();
        await page.getByText('现由包头市工信部门办理').waitFor();
        await page.getByText(/^截止 /).waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '如被退回，页面写明原因，并且只打开需要修改的内容：换上加盖公章的执照，按“重新提交”。',
        en: 'If it is sent back, the page says why, and only what must be changed is open: choose the stamped licence and press “重新提交” (apply again).',
      },
      pictured: true,
      async run({ page, files, cityReturns }) {
        await cityReturns();
        await page.getByText('未加盖公章').first().waitFor();
        await page.getByLabel('营业执照副本 选择文件').setInputFiles(files.stamped);
        await page.getByText(arrived).waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '盟市通过后，本页显示“已通过认证”。按“选购可用券的云服务”，在目录中选择产品，再按“下单”。',
        en: 'Once your city approves, the page says “已通过认证” (certified). Press “选购可用券的云服务” (choose a service that takes vouchers), choose an offering of the catalogue, and press “下单” (order).',
      },
      async run({ page, cityApproves }) {
        await page.getByRole('button', { name: '重新提交' }).click();
        await page.getByText('第 2 次提交申请').waitFor();
        await cityApproves();
        await page.getByRole('link', { name: '选购可用券的云服务' }).click();
        await page.getByRole('link', { name: '云 MES 生产管理' }).click();
        await page.getByRole('link', { name: '下单' }).click();
        await page.getByRole('heading', { level: 1, name: /^下单/ }).waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '填写数量和服务期，选择使用多少云服务券。右侧逐句显示额度怎样得来、费用由谁承担。按“下单并预留”。',
        en: 'Give quantity and period, and choose how much voucher to use. Beside it stands, sentence by sentence, how the amount comes about, and who pays what. Press “下单并预留” (order and reserve).',
      },
      pictured: true,
      async run({ page }) {
        await page.getByText('费用 40000.00 元 × 20% = 8000.00 元').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '订单页显示进度。云服务商以合同应答后，查看合同和此刻可得的云服务券，勾选“我已阅读合同”，按“签约”并确认：系统当场生成云服务券。',
        en: 'The page of the order shows its progress. When the provider has answered, read the contract and what voucher there is at this moment, tick that you have read it, press “签约” (sign) and confirm: the voucher is generated there and then.',
      },
      pictured: true,
      async run({ page, providerAnswers }) {
        await page.getByRole('button', { name: '下单并预留' }).click();
        await page.getByText('等待云服务商以合同应答。').waitFor();
        await providerAnswers();
        await page.getByText('此刻可得云服务券').waitFor();
        await page.getByText('费用 40000.00 元 × 20% = 8000.00 元').waitFor();
        await page.getByLabel('我已阅读合同，代表本单位签约').check();
        return page;
      },
    },
    {
      says: {
        zh: '服务交付后，在订单页选择“全部交付”（或“部分交付”“未履行”），按“确认”。',
        en: 'When it is delivered, choose “全部交付” (everything; or a part, or not performed) on the page of the order, and press “确认” (confirm).',
      },
      pictured: true,
      async run({ page }) {
        await page.getByRole('button', { name: '签约' }).click();
        await page.getByRole('dialog').getByRole('button', { name: '签约' }).click();
        await page.getByText('已签约，待交付').waitFor();
        await page.getByRole('radio', { name: /^全部交付/ }).check();
        return page;
      },
    },
    {
      says: {
        zh: '“我的云服务券”显示每张券的状态，以及本年度还可使用多少；点券号查看计算依据和办理记录。',
        en: '“我的云服务券” (my vouchers) shows the state of each voucher and what is left of the year’s limit; its number opens how it was computed and everything that happened to it.',
      },
      pictured: true,
      async run({ page }) {
        await page.getByRole('button', { name: '确认', exact: true }).click();
        await page.getByRole('dialog').getByRole('button', { name: '确认' }).click();
        await page.getByText('已全部交付').first().waitFor();
        await page.getByRole('link', { name: '我的云服务券', exact: true }).click();
        await page.getByText('还可使用 ¥12,000.00').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '在“我的单位”打开“成员与权限”，用对方的账号标识添加经办人，不必共用账号。',
        en: 'Open “成员与权限” (people and rights) under “我的单位” (my organisations), and add a clerk by the id of their account; nobody shares one.',
      },
      async run({ page }) {
        await page.getByRole('link', { name: '我的单位', exact: true }).click();
        await page.getByRole('link', { name: /^成员与权限/ }).click();
        await page.getByLabel('登录账号标识').fill('demo-enterprise5');
        await page.getByLabel('姓名').fill('娜仁');
        await page.getByRole('button', { name: '添加', exact: true }).click();
        await page.getByText('已添加娜仁。').waitFor();
        return undefined;
      },
    },
  ],
};

export default guide;
