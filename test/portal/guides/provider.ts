import type { Page } from 'playwright-core';
import { writeWorkbook } from '../../../portal/src/components/file-import/workbook-writer.ts';
import type { Guide } from '../../support/guide.ts';
import type { Partners } from '../../support/provider-partners.ts';
import type { ProviderWorld } from '../../support/provider-world.ts';
import { paper, upload } from '../provider-deeds.ts';

/** A clerk of a provider in the claim window, and what others do meanwhile. */
export interface ProviderWalk {
  readonly world: ProviderWorld;
  readonly partners: Partners;
  /** A fresh page of the clerk, after time has passed. */
  readonly signedIn: (path: string) => Promise<Page>;
  /** What the steps leave for those after them. */
  readonly kept: { page?: Page; offeringId?: string; claimId?: string; vouchers?: string[]; payoutId?: string };
}

const pageOf = ({ kept }: ProviderWalk): Page => {
  if (!kept.page) throw new Error('nobody is signed in yet');
  return kept.page;
};
const menu = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const of = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('a step before left nothing');
  return value;
};

const guide: Guide<ProviderWalk> = {
  role: 'provider',
  title: { zh: '云服务商：从上架到收款', en: 'A provider: from an offering to its payment' },
  before: {
    zh: '单位已通过认证并备案。先用经办人帐号登录；上架、应答、申报都可由经办人办理，收款账户只有管理员能改。',
    en: 'The organisation is certified. Sign in first; a clerk can do all of this, but only an owner changes the account.',
  },
  steps: [
    {
      says: {
        zh: '打开“我的产品”，按“新建产品”，写明名称、说明、种类和价格，附上市场价依据，按“存为草稿”。',
        en: 'Open “我的产品” (my offerings), press “新建产品” (new offering), give name, description, kind and price with the evidence of the market price, and press “存为草稿” (keep as a draft).',
      },
      pictured: true,
      async run(walk) {
        const page = await walk.signedIn('/mine');
        walk.kept.page = page;
        await menu(page, '我的产品');
        await page.getByRole('link', { name: '新建产品' }).click();
        await page.getByLabel('产品名称').fill('云备份服务');
        await page.getByLabel('产品说明').fill('每日增量、每周全量备份，异地保存 90 天，含恢复演练。');
        await page.getByLabel('种类').selectOption('storage');
        await page.getByLabel('价格（元）').fill('6800');
        await page.getByLabel('市场价（元）').fill('7200');
        await page.getByLabel('来源').fill('三家公开报价平均');
        await upload(page, '证明文件', '云备份 市场询价');
        await press(page, '存为草稿');
        await page.getByText('草稿只有本单位可见。').waitFor();
        walk.kept.offeringId = /off_[0-9A-Z]+/.exec(page.url())?.[0] ?? '';
        return page;
      },
    },
    {
      says: {
        zh: '核对无误后按“提交审核”。审核期间内容不能修改。',
        en: 'When it is right, press “提交审核” (submit for review). It cannot be changed while it is reviewed.',
      },
      async run(walk) {
        const page = pageOf(walk);
        await press(page, '提交审核');
        await page.getByText('正在审核').waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '如被退回，原因写在需要修改的那一项下面。改好后再按“提交审核”；通过后产品进入公开目录，版本历史里看得到每一版改了什么。',
        en: 'If it is returned, the reason stands below its field. Correct it and press “提交审核” again; once approved it is in the public catalogue, and its history says what each version changed.',
      },
      pictured: true,
      async run(walk) {
        const page = pageOf(walk);
        const offeringId = of(walk.kept.offeringId);
        await walk.partners.review(offeringId, 1, {
          outcome: 'return',
          reasons: [{ pointer: '/marketPrice/source', reasonCode: 'evidence-insufficient', note: '请写明三家名称' }],
        });
        await page.reload();
        await page.locator('.field-error', { hasText: '证明材料不足：请写明三家名称' }).waitFor();
        await page.getByLabel('来源').fill('天云、北斗、长河三家公开报价平均');
        await press(page, '提交审核');
        await page.getByText('正在审核').waitFor();
        await walk.partners.review(offeringId, 1, { outcome: 'approve' });
        await page.reload();
        await page.getByText('这一版已在公开目录中').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '打开“订单”，选择待应答的一单：核对数量和服务期，上传合同，逐项填标价和优惠，折后合计随填随算。按“发送应答”，页面显示企业签约后各方付多少。',
        en: 'Open “订单” (orders) and choose one to answer: check quantity and period, upload the contract, enter list price and discount of each line; the totals follow. Press “发送应答” (send); the page shows who pays what once it is signed.',
      },
      pictured: true,
      async run(walk) {
        const page = pageOf(walk);
        await menu(page, '订单');
        await page.getByRole('button', { name: '待应答 1' }).click();
        await page.getByRole('link', { name: '敖包矿业有限责任公司' }).click();
        await page.getByLabel('合同编号').fill('CY-2026-018');
        await upload(page, '合同文件', '合同 CY-2026-018');
        await page.getByLabel('优惠（元）').fill('1000');
        await page.getByText('¥23,000.00').first().waitFor();
        await press(page, '发送应答');
        await page.getByText('已应答，等待企业签约').waitFor();
        await page.getByText('¥3,450.00').first().waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '企业确认交付之后，打开“兑现申报”，按“新建本年度申报”。勾选可申报的云服务券，按“把 1 张加入申报”。',
        en: 'When the enterprise has confirmed the delivery, open “兑现申报” (claims) and press “新建本年度申报” (open the year’s claim). Choose vouchers and press “把 1 张加入申报” (add).',
      },
      async run(walk) {
        const page = pageOf(walk);
        const { world, partners, kept } = walk;
        const [first, second] = world.used;
        const third = await partners.signAndConfirm(world.orderId);
        kept.vouchers = [of(first).voucher.number, of(second).voucher.number, third.number];
        await menu(page, '兑现申报');
        await press(page, '新建本年度申报');
        await page.getByText('还没有加入云服务券').waitFor();
        kept.claimId = /clm_[0-9A-Z]+/.exec(page.url())?.[0] ?? '';
        await page.getByLabel(`选择 ${of(first).voucher.number}`).check();
        await press(page, '把 1 张加入申报');
        await page.getByText('还有 1 张凭证不全').waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '按“填凭证”，填写发票、转账和使用情况并上传文件；合同已经附好。合计与应为数一致时按“保存凭证”。',
        en: 'Press “填凭证” (evidence), enter invoice, transfer and usage with their files; the contract is there already. When the sums are as they should be, press “保存凭证” (save).',
      },
      pictured: true,
      async run(walk) {
        const page = pageOf(walk);
        await page.getByRole('link', { name: /^填凭证/ }).click();
        const invoice = page.getByRole('group', { name: '发票 1' });
        await invoice.getByLabel('发票号码').fill('10000001');
        await invoice.getByLabel('发票代码').fill('0150019111');
        await invoice.getByLabel('开票日期').fill(todayOf(walk));
        await upload(page, '发票文件', '发票 10000001');
        const transfer = page.getByRole('group', { name: '转账 1' });
        await transfer.getByLabel('银行流水号').fill('NMYH-10000001');
        await transfer.getByLabel('转账日期').fill(todayOf(walk));
        await upload(page, '银行回单', '回单 10000001');
        await page.getByLabel('使用结束').fill(todayOf(walk));
        await page.getByLabel('活跃用户数').fill('12');
        await page.getByLabel('使用说明').fill('按月用量报表，服务正常开通并持续使用。');
        await upload(page, '使用证明', '使用情况 CY-001');
        await page.getByText('合计 ¥10,200.00，应为 ¥10,200.00').waitFor();
        await press(page, '保存凭证');
        await page.getByText('已保存，四样齐全。').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '券多时用表格：回到申报，按“用表格导入”，下载模板填好后选择文件。每一行的问题都写在该行，有一行不对，整份都不导入。再一次选中全部凭证文件，按“把 2 张券加入申报”。',
        en: 'For many vouchers use a spreadsheet: back on the claim press “用表格导入”, fill in the template and choose it. What is wrong with a row stands beside it, and while anything is, nothing is taken. Then choose all files of evidence at once and press “把 2 张券加入申报” (add).',
      },
      pictured: true,
      async run(walk) {
        const page = pageOf(walk);
        const [, second, third] = of(walk.kept.vouchers);
        await page.getByRole('link', { name: '← 返回申报' }).click();
        await page.getByRole('link', { name: '用表格导入' }).click();
        const download = page.waitForEvent('download');
        await press(page, '下载模板');
        await download;
        const day = todayOf(walk);
        const columns = [
          '券号',
          '发票代码',
          '发票号码',
          '开票日期',
          '发票金额',
          '发票文件名',
          '银行流水号',
          '转账日期',
          '转账金额',
          '回单文件名',
          '使用开始',
          '使用结束',
          '使用说明',
          '使用证明文件名',
        ];
        const row = (voucher: string, n: string, fee: string, own: string) => [
          voucher,
          '0150019111',
          n,
          day,
          fee,
          `发票${n}.pdf`,
          `NMYH-${n}`,
          day,
          own,
          `回单${n}`,
          day,
          day,
          '按月用量报表',
          `使用${n}.pdf`,
        ];
        const workbook = writeWorkbook(
          columns.map((title) => ({ title })),
          [row(of(second), '10000002', '12,000.00', '10200'), row(of(third), '10000003', '23000', '19550')],
        );
        await page.getByLabel('选择表格文件').setInputFiles({
          name: '申报.xlsx',
          mimeType: workbook.type,
          buffer: Buffer.from(await workbook.arrayBuffer()),
        });
        await page.getByText('已找到 0 / 6 个').waitFor();
        await page
          .getByLabel('选择凭证文件')
          .setInputFiles(
            ['10000002', '10000003'].flatMap((n) => [`发票${n}`, `回单${n}`, `使用${n}`].map((name) => paper(name))),
          );
        await press(page, '把 2 张券加入申报');
        await page.getByText('2 张券已全部加入申报。').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '返回申报，核对控制数：券数、申报合计、发票与转账合计。按“提交申报”，看清合计后按“确认提交”。',
        en: 'Back on the claim, check the control totals: vouchers, what is asked, invoices and transfers. Press “提交申报” (file), read the sum, and press “确认提交” (confirm).',
      },
      pictured: true,
      async run(walk) {
        const page = pageOf(walk);
        await page.getByRole('link', { name: '返回申报', exact: true }).click();
        await page.getByText('3 / 3 张').waitFor();
        await press(page, '提交申报');
        await page.getByText('共 3 张，申报合计 ¥7,050.00').waitFor();
        await press(page, '确认提交');
        await page.getByText('第三方正在逐项审核').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '审核拟核减时，打开该项，在期限前陈述意见，按“提交意见”。只有一次机会，逾期视为无意见。',
        en: 'When a deduction is proposed, open the item and answer it in time with “提交意见”. It can be answered once.',
      },
      pictured: true,
      async run(walk) {
        const page = pageOf(walk);
        const { world, partners, kept } = walk;
        const claimId = of(kept.claimId);
        const [first, second] = world.used;
        await partners.declare();
        await partners.audit(claimId, (voucherId) =>
          voucherId === first?.voucher.id
            ? { outcome: 'approve' }
            : voucherId === second?.voucher.id
              ? { outcome: 'reduce', reasonCode: 'quality-problem', severity: 'minor', note: '可用性未达协议标准' }
              : {
                  outcome: 'return',
                  reasons: [{ pointer: '/invoices/0/documentId', reasonCode: 'illegible', note: '请上传彩色扫描件' }],
                },
        );
        await page.reload();
        await page.getByText('有 1 项拟扣减等您陈述意见').waitFor();
        await page.getByRole('link', { name: `查看 券号 ${of(kept.vouchers)[1]}` }).click();
        await page.getByText('服务存在质量问题').waitFor();
        await page.getByLabel('陈述意见').fill('当月曾计划停机四小时，已提前公告，其余时间可用性为 99.95%。');
        await press(page, '提交意见');
        await page.getByText('您的陈述').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '被退回的项目按“更正”：审核意见写在要改的那一处。更正后按“更正后再次提交”，不受申报窗口限制。',
        en: 'Items that were sent back are opened with “更正” (correct): what the audit says stands where it is to be changed. Then press “更正后再次提交” (file again); the claim window does not matter for that.',
      },
      pictured: true,
      async run(walk) {
        const page = pageOf(walk);
        const claimId = of(walk.kept.claimId);
        await walk.partners.completeAudit(claimId, 'returned');
        await page.getByRole('link', { name: '← 返回申报' }).click();
        await page.reload();
        await page.getByRole('link', { name: /^更正/ }).click();
        await page.locator('.field-error', { hasText: '文件不清晰：请上传彩色扫描件' }).waitFor();
        await upload(page, '发票文件', '发票 10000003 彩色');
        await press(page, '保存凭证');
        await page.getByText('已保存，四样齐全。').waitFor();
        await page.getByRole('link', { name: '← 返回申报' }).click();
        await press(page, '更正后再次提交');
        await press(page, '确认提交');
        await page.getByText('第三方正在逐项审核').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '公示结束、两部门批准后，在“拨付”查看每一笔。银行退回时按“更改收款账户”，填写新账户和联系人信息，按“保存账户”，财政部门核对后重新付款。',
        en: 'After publicity and the approval of both departments, “拨付” (payments) shows each payment. If the bank refused it, press “更改收款账户” (change the account), give the new one and the contact, and press “保存账户” (save); the finance department pays again.',
      },
      pictured: true,
      async run(walk) {
        const { world, partners, kept, signedIn } = walk;
        const claimId = of(kept.claimId);
        const third = of(kept.vouchers)[2];
        const [first, second] = world.used.map(({ voucher }) => voucher.id);
        await partners.audit(claimId, (voucherId) =>
          voucherId === first || voucherId === second ? undefined : { outcome: 'approve', note: `${third} 已更正` },
        );
        const { noticeId } = await partners.completeAudit(claimId, 'in-publicity');
        await partners.passPublicity(claimId, noticeId);
        await partners.cutBelowCommitments('1000.00');
        kept.payoutId = await partners.failToPay();
        const page = await signedIn('/provider/payments');
        kept.page = page;
        await page.getByText('银行答复：账号与户名不符').waitFor();
        await press(page, '更改收款账户');
        await page.getByLabel('账号').fill('6217999900001111222');
        await page.getByLabel('法定代表人').fill('白音');
        await page.getByLabel('联系人', { exact: true }).fill('萨仁');
        await page.getByLabel('联系人身份证号').fill(world.grassland.idNumber);
        await page.getByLabel('联系电话').fill('13847100000');
        await press(page, '保存账户');
        await page.getByText('账户已更改').waitFor();
        await page.getByText('****1222').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '到账后写明银行流水和包括的云服务券。资金不足时，未付的部分列在“待补拨的次序”，有钱即付。',
        en: 'Once received it names the bank’s serial number and the vouchers. If the money was short, the rest stands in “待补拨的次序” (place of what is deferred) and is paid first when there is some.',
      },
      pictured: true,
      async run(walk) {
        const page = pageOf(walk);
        await walk.partners.payAgain(of(walk.kept.payoutId));
        await page.reload();
        await page.getByText('银行流水 CZ-').waitFor();
        await page.getByText('包括 3 张云服务券').click();
        await page.getByText('第 1 位').waitFor();
        return page;
      },
    },
  ],
};

/** Today in the world of the walk, as a date field takes it. */
const todayOf = ({ world }: ProviderWalk): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(world.system.clock.now());

export default guide;
