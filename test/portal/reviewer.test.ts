import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimsRoutes } from '../../contracts/claims.ts';
import { inboxRoutes } from '../../contracts/inbox.ts';
import { publicityRoutes } from '../../contracts/publicity.ts';
import { businessDateOf } from '../../core/calendar/business-date.ts';
import { decide, taskAbout } from '../../demo/cast.ts';
import { until } from '../../demo/until.ts';
import { complaintsOf } from '../support/browser-reports.ts';
import { openReviewingWorld, type ReviewingWorld } from '../support/reviewing-world.ts';
import { signIn } from '../support/seen-world.ts';
import { putTasks } from '../support/waiting-tasks.ts';
import { walkGuide } from '../support/walk-guide.ts';
import { expectWhole } from '../support/whole-page.ts';
import auditorGuide from './guides/auditor.ts';
import reviewerGuide from './guides/reviewer.ts';

const DESKTOP = { width: 1280, height: 800 };

let world: ReviewingWorld;
/** One browser for each person. */
const pages = new Map<string, Page>();

beforeAll(async () => {
  world = await openReviewingWorld();
  for (const who of ['city', 'officer', 'colleague', 'auditor', 'inspector']) {
    const context = await world.visitor({ viewport: DESKTOP });
    pages.set(who, await context.newPage());
  }
}, 300_000);
afterAll(() => world?.stop());

const pageOf = (who: string): Page => {
  const page = pages.get(who);
  if (!page) throw new Error(`nobody is called ${who}`);
  return page;
};

/** What a page sends that changes something, from now on. */
function commandsOf(page: Page, path: string): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' && request.url().includes(path)) sent.push(request.url());
  });
  return sent;
}

const open = async (page: Page, name: string) => {
  await page.goto('/inbox');
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};
const submit = (page: Page) => page.getByRole('button', { name: '提交决定' }).click();

describe('the work of a city reviewer', () => {
  walkGuide(reviewerGuide, () => ({ page: pageOf('city') }));

  it('has pages that are whole in both languages and on a phone', async () => {
    const page = pageOf('city');
    const complaints = complaintsOf(page);
    await page.goto('/inbox');
    await page.getByText('3 件', { exact: true }).waitFor();
    await expectWhole(page, 'inbox', ['剩 5 个工作日', '5 working days left']);
    await page.getByRole('link', { name: '阿尔山乳业有限公司' }).click();
    await page.locator('.document-desk canvas').waitFor();
    await expectWhole(page, 'case-certification', ['系统提示', 'What the system noticed']);
    expect(complaints).toEqual([]);
  });

  it('filters by what stands in the address, and tells the keys', async () => {
    const page = pageOf('city');
    await page.goto('/inbox?kind=provider-recommendation');
    await page.getByText('1 件', { exact: true }).waitFor();
    await page.getByLabel('查找单位或产品').fill('没有这家');
    await page.getByText('没有符合条件的事项').waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('没有这家');
    await page.getByRole('button', { name: '清除条件' }).click();
    await page.getByText('3 件', { exact: true }).waitFor();
    await page.getByLabel('时限').selectOption('soon');
    await page.getByText('没有符合条件的事项').waitFor();
    await page.goto('/inbox?sort=newest');
    await page.getByText('3 件', { exact: true }).waitFor();
    expect(await page.locator('.case-link').first().textContent()).toBe('敕勒川数据服务有限公司');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('下一件').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  it('refuses what is missing before anything is sent, and keeps what was typed', async () => {
    const page = pageOf('city');
    const sent = commandsOf(page, '/decision');
    await open(page, '阿尔山乳业有限公司');
    await submit(page);
    await page.getByText('此项必填。').waitFor();
    await page.getByRole('radio', { name: '不予通过' }).check();
    await submit(page);
    await page.getByText('此结果须填写理由代码和说明。').waitFor();
    await page.getByRole('radio', { name: '退回补正' }).check();
    await submit(page);
    await page.getByText('退回补正须逐项写明需修改的内容。').waitFor();
    await page.getByRole('checkbox', { name: '营业执照' }).check();
    await page.getByLabel('营业执照：说明').fill('副本过期');
    await submit(page);
    await page.getByText('此项必填。').waitFor();
    await page.reload();
    await page.getByLabel('营业执照：说明').waitFor();
    expect(await page.getByLabel('营业执照：说明').inputValue()).toBe('副本过期');
    expect(sent).toEqual([]);
  });

  it('shows identity data in full only for a reason', async () => {
    const page = pageOf('city');
    await page.getByText('查看完整信息').first().click();
    await page.getByLabel('查看事由').fill('核对');
    await page.getByRole('button', { name: '查看完整信息' }).click();
    await page.getByText('此项过短或过小，下限为 4。').waitFor();
    await page.getByLabel('查看事由').fill('核对证件号码');
    await page.getByRole('button', { name: '查看完整信息' }).click();
    await page.getByText('萨仁').waitFor();
  });

  it('decides once, however the connection behaves and the button is pressed', async () => {
    const page = pageOf('city');
    await page.getByRole('radio', { name: '不予通过' }).check();
    await page.getByLabel('理由', { exact: true }).selectOption('document-expired');
    await page.getByLabel('说明（必填）').fill('营业执照已过期，请换发后重新申请。');
    await submit(page);
    await page.context().setOffline(true);
    const confirm = page.getByRole('dialog').getByRole('button', { name: '确认：不予通过' });
    await confirm.click();
    await page.getByText('暂时连接不上系统，请检查网络后重试。').first().waitFor();
    await page.context().setOffline(false);
    const sent = commandsOf(page, '/decision');
    await confirm.dblclick();
    await page.getByText('“阿尔山乳业有限公司”已办结：不予通过。').waitFor();
    await page.getByRole('heading', { level: 1, name: '乌海热电有限公司' }).waitFor();
    expect(sent).toHaveLength(1);
  });

  it('learns that somebody else was faster, with what was typed kept and what to do', async () => {
    const page = pageOf('city');
    await page.getByRole('radio', { name: '通过', exact: true }).check();
    await page.getByLabel('说明').fill('材料齐全');
    await submit(page);
    const { items } = await world.system.person('city-150200').do(inboxRoutes.listTasks, { query: { limit: 100 } });
    const task = items.find(({ subject }: { subject: { label: string } }) => subject.label === '乌海热电有限公司');
    const reject = { outcome: 'reject', reasonCode: 'bad-credit', note: '有不良信用记录' };
    await decide(world.system.person('city-150200'), task.subject.id, reject);
    await page.getByRole('button', { name: '确认：通过' }).click();
    await page.getByRole('dialog').getByText('您填写的内容仍在。').waitFor();
    await page.getByText('该事项已办结').first().waitFor();
    await page.getByRole('button', { name: '读取最新内容' }).click();
    await page.getByText('此事项已办结').waitFor();
    await page.getByText('有不良信用记录').first().waitFor();
  });
});

describe('an inbox of more than is read at once', () => {
  const MANY = 510;
  const dayIn = (days: number) => businessDateOf(world.system.clock.now() + days * 86_400_000);

  it('begins with the most urgent of all, whenever it was opened, and finds what is mine beyond what was read', async () => {
    const tasks = Array.from({ length: MANY }, (_, n) => ({ name: `呼伦贝尔第 ${n} 厂`, dueOn: dayIn(20) }));
    const holder = { heldBy: 'demo-city-150700', heldByName: '朝鲁', heldSince: world.system.clock.now() };
    await putTasks(world.system, '150700', [
      { name: '额尔古纳乳业有限公司', ...holder },
      { name: '根河木业有限公司', dueOn: dayIn(30), kind: 'provider-recommendation' },
      ...tasks,
      { name: '扎兰屯农机有限公司', dueOn: dayIn(-5) },
    ]);
    const page = await (await world.visitor({ viewport: DESKTOP })).newPage();
    await page.goto('/inbox');
    await signIn(page, 'city-150700');
    await page.getByText('至少 500 件').waitFor();
    await page.getByText('已读取时限最早的 500 件').waitFor();
    const names = page.locator('.case-link');
    expect(await names.first().textContent()).toBe('扎兰屯农机有限公司');
    await page.getByLabel('查找单位或产品').fill('根河');
    await page.getByText('没有符合条件的事项').waitFor();
    await page.getByRole('button', { name: '清除条件' }).click();
    for (const [filter, choice, name] of [
      ['在谁手中', 'mine', '额尔古纳乳业有限公司'],
      ['时限', 'overdue', '扎兰屯农机有限公司'],
      ['事项', 'provider-recommendation', '根河木业有限公司'],
    ] as const) {
      await page.getByLabel(filter, { exact: true }).selectOption(choice);
      await page.getByText('1 件', { exact: true }).waitFor();
      expect(await names.allTextContents()).toEqual([name]);
      await page.getByLabel(filter, { exact: true }).selectOption('');
      await page.getByText('至少 500 件').waitFor();
    }
    // What was not read by itself is read on demand; then the numbers are of all.
    await page.getByRole('button', { name: '显示更多' }).click();
    await page.getByText(`${MANY + 3} 件`, { exact: true }).waitFor();
    await page.context().close();
  });
});

describe('a case in one pair of hands', () => {
  const name = '弹性计算标准型（第 2 版）';
  const colleague = () => world.system.person('officer2');
  const caseOf = async () => {
    const { items } = await colleague().do(inboxRoutes.listTasks, { query: { kind: 'offering-review' } });
    return items.find(({ subject }: { subject: { label: string } }) => subject.label === name);
  };
  /** What the colleague does, past the browser. */
  const does = async (contract: typeof inboxRoutes.takeTask | typeof inboxRoutes.handOverTask, body = {}) => {
    const { id, version } = await caseOf();
    await colleague().do(contract, { params: { taskId: id }, version, body });
  };

  it('is a colleague’s: the list says whose, the form is locked, and says what to do', async () => {
    await does(inboxRoutes.takeTask);
    const page = pageOf('officer');
    await page.goto('/inbox?held=others');
    await signIn(page, 'officer');
    await page.getByText('1 件', { exact: true }).waitFor();
    await page.getByRole('row', { name }).getByText('巴特尔').waitFor();
    await page.getByLabel('在谁手中').selectOption('mine');
    await page.getByText('没有符合条件的事项').waitFor();
    await page.getByLabel('在谁手中').selectOption('others');
    await page.getByRole('link', { name }).click();
    await page.getByText('该事项已由巴特尔认领，他人不能办理。').waitFor();
    await page.locator('.document-desk canvas').waitFor();
    await page.keyboard.press('1');
    const approve = page.getByRole('radio', { name: '通过', exact: true });
    expect([await approve.isChecked(), await approve.isDisabled()]).toEqual([false, true]);
    await expectWhole(page, 'case-held', ['由巴特尔认领', 'Taken by 巴特尔']);
  });

  it('is taken over once, with a reason that is asked for before anything is sent', async () => {
    const page = pageOf('officer');
    const sent = commandsOf(page, '/take-over');
    await page.keyboard.press('t');
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: '确认接手' });
    await confirm.click();
    await dialog.getByText('此项必填。').waitFor();
    await dialog.getByLabel('接手理由').selectOption('other');
    await confirm.click();
    await dialog.getByText('选择“其他”的，须在说明中写明接手的理由。').first().waitFor();
    expect(sent).toEqual([]);
    await dialog.getByLabel('接手理由').selectOption('absent');
    await dialog.getByLabel('说明').fill('巴特尔本周休假');
    await confirm.dblclick();
    await page.getByText('由您认领').waitFor();
    expect(sent).toHaveLength(1);
    await page.getByText('办理记录').click();
    await page.getByText('请假、休假或病假：巴特尔本周休假').waitFor();
  });

  it('goes back to all with a note, and whoever is too late learns whose it is', async () => {
    const page = pageOf('officer');
    await page.keyboard.press('h');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '确认交接' }).click();
    await dialog.getByText('此项必填。').waitFor();
    await dialog.getByLabel('办到哪一步、还要做什么').fill('价格已核对，询价单待核。');
    await dialog.getByRole('button', { name: '确认交接' }).click();
    await page.locator('.handed-over-note', { hasText: '询价单待核' }).waitFor();
    await does(inboxRoutes.takeTask);
    await page.keyboard.press('t');
    await page.getByText('该事项已由巴特尔认领，他人不能办理。').first().waitFor();
    await page.getByText('由巴特尔认领').first().waitFor();
    await does(inboxRoutes.handOverTask, { note: '询价单已核对。' });
    // What somebody gave back meanwhile is not taken over: it is free.
    await page.keyboard.press('t');
    await dialog.getByLabel('接手理由').selectOption('agreed');
    await dialog.getByRole('button', { name: '确认接手' }).click();
    await dialog.getByText('该事项现在无人认领').waitFor();
    await dialog.getByRole('button', { name: '读取最新内容' }).click();
    await expect.poll(() => dialog.count()).toBe(0);
    await page.locator('.handed-over-note', { hasText: '询价单已核对。' }).waitFor();
  });

  it('is decided by nobody else while it was read, and what was filled in is kept', async () => {
    const page = pageOf('officer');
    await page.getByRole('radio', { name: '通过', exact: true }).check();
    await submit(page);
    await does(inboxRoutes.takeTask);
    await page.getByRole('button', { name: '确认：通过' }).click();
    await page.getByRole('dialog').getByText('该事项已由巴特尔认领').waitFor();
    await page.getByRole('button', { name: '读取最新内容' }).click();
    await page.getByText('由巴特尔认领').first().waitFor();
    const approve = page.getByRole('radio', { name: '通过', exact: true });
    await expect.poll(() => approve.isDisabled()).toBe(true);
    expect(await approve.isChecked()).toBe(true);
    await does(inboxRoutes.handOverTask, { note: '可以办结。' });
  });
});

describe('the work of a regional officer', () => {
  it('sees a new version beside the old, and publishes it', async () => {
    const page = pageOf('officer');
    await page.goto('/inbox?kind=offering-review');
    await page.getByRole('link', { name: '弹性计算标准型（第 2 版）' }).click();
    await page.locator('.document-desk canvas').waitFor();
    await page.locator('.differences', { hasText: '¥12,000.00 / 年' }).getByText('¥13,000.00 / 年').waitFor();
    await expectWhole(page, 'case-offering', ['与上一版的差异', 'Changes since the last version']);
    await page.keyboard.press('1');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: '确认：通过' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('“弹性计算标准型（第 2 版）”已办结：通过。').waitFor();
  });

  it('selects a provider that its city recommended: two people', async () => {
    const city = world.system.person('city-150200');
    const task = await until('the recommendation', async () => {
      const { items } = await city.do(inboxRoutes.listTasks, { query: { limit: 100 } });
      return items.find(({ kind }: { kind: string }) => kind === 'provider-recommendation');
    });
    await decide(city, task.subject.id, { outcome: 'approve' });
    await taskAbout(world.system.person('officer'), task.subject.id, 'provider-selection');
    const page = pageOf('officer');
    await open(page, '敕勒川数据服务有限公司');
    await page.getByText('盟市推荐').waitFor();
    await page.locator('.hand-done', { hasText: '盟市推荐' }).waitFor();
    await page.locator('.hand-now', { hasText: '自治区择优备案' }).waitFor();
  });

  it('shows an inspector every inbox, and lets nothing be decided', async () => {
    const page = pageOf('inspector');
    await page.goto('/inbox?role=city-reviewer');
    await signIn(page, 'inspector');
    await page.getByText('先选择一个盟市').waitFor();
    await page.getByLabel('盟市').selectOption('150200');
    await page.getByLabel('状态').selectOption('decided');
    await page.getByRole('link', { name: '河套面粉有限公司' }).first().click();
    await page.getByText('此事项已办结').waitFor();
    expect(await page.getByRole('button', { name: '提交决定' }).count()).toBe(0);
  });
});

describe('the work of an auditor', () => {
  const colleague = () => pageOf('colleague');

  async function answerDeduction(): Promise<void> {
    const { provider, claimId } = world;
    const { items } = await provider.person.do(claimsRoutes.listClaimItems, { params: { claimId } });
    for (const { id, version, audit } of items.filter(({ audit }: { audit?: object }) => audit)) {
      if (audit.outcome !== 'reduce') continue;
      const statement = '情况属实，接受扣减。';
      await provider.person.do(claimsRoutes.hearProvider, {
        params: { claimId, itemId: id },
        version,
        body: { statement },
      });
    }
  }

  it('begins with a declaration, and stops at organisations that the auditor is related to', async () => {
    const page = colleague();
    await page.goto(`/audits/${world.claimId}`);
    await signIn(page, 'auditor2');
    await page.getByText('申报之前不能审核任何项目').waitFor();
    await page.getByRole('link', { name: '利害关系申报' }).click();
    await expectWhole(page, 'auditor-declaration', ['利害关系申报', 'Declaration of conflicts']);
    await page.getByLabel('盟市').selectOption('150200');
    await page.getByLabel('单位', { exact: true }).selectOption({ label: '云上草原科技有限公司' });
    await page.getByRole('button', { name: '移除 云上草原科技有限公司' }).waitFor();
    await page.getByRole('button', { name: '提交申报' }).click();
    await page.getByText('此项必填。').waitFor();
    await page.getByLabel('声明').fill('持有该公司股份。');
    await page.getByRole('button', { name: '提交申报' }).click();
    await page.getByText('已于').waitFor();
    await page.getByRole('link', { name: '云上草原科技有限公司' }).click();
    await page.getByText('此申请涉及您申报的单位').waitFor();
    expect(await page.getByRole('button', { name: '保存，看下一项' }).count()).toBe(0);
    await page.goto('/audits');
    await page.getByRole('button', { name: '重新申报' }).click();
    await page.getByRole('button', { name: '移除 云上草原科技有限公司' }).click();
    await page.getByLabel('声明').fill('与本年度申报单位无利害关系。');
    await page.getByRole('button', { name: '提交申报' }).click();
    await page.getByText('已于').waitFor();
    await page.getByRole('link', { name: '云上草原科技有限公司' }).click();
    await page.locator('.document-desk canvas').waitFor();
    await expectWhole(page, 'audit', ['申报合计', 'Not audited']);
  });

  it('refuses a verdict that says too little or too much, before it is sent', async () => {
    const page = colleague();
    const sent = commandsOf(page, '/audit');
    await page.goto(`/audits/${world.claimId}`);
    await page.getByRole('button', { name: /¥1,800\.00/ }).click();
    const save = page.getByRole('button', { name: '保存，看下一项' });
    await save.click();
    await page.getByText('此项必填。').waitFor();
    await page.getByRole('radio', { name: '核减' }).check();
    await save.click();
    await page.getByText('此项必填。').waitFor();
    await page.getByLabel('理由').selectOption('amounts-do-not-add-up');
    await page.getByText('低于计补费用 ¥12,000.00').waitFor();
    await page.getByLabel('凭证支持的费用（元）').fill('1,000');
    await save.click();
    await page.getByText('金额须写作如“1234.50”的元数。').waitFor();
    await page.getByLabel('凭证支持的费用（元）').fill('12000');
    await save.click();
    await page.locator('.field-error', { hasText: '12000.00' }).waitFor();
    await page.getByLabel('凭证支持的费用（元）').fill('6000');
    await page.locator('.preview', { hasText: '¥900.00' }).waitFor();
    expect(sent).toEqual([]);
  });

  it('learns that the item was audited meanwhile, and saves after reading again', async () => {
    const page = colleague();
    const other = world.system.person('auditor2');
    const params = { claimId: world.claimId };
    const { items } = await other.do(claimsRoutes.listClaimItems, { params });
    const item = items.find(({ asked }: { asked: string }) => asked === '1800.00');
    await other.do(claimsRoutes.auditItem, {
      params: { ...params, itemId: item.id },
      version: item.version,
      body: { outcome: 'reject', reasonCode: 'not-used' },
    });
    await page.getByRole('button', { name: '保存，看下一项' }).click();
    await page.getByText('您填写的内容仍在。').waitFor();
    await page.getByRole('button', { name: '读取最新内容' }).click();
    await page.getByText('服务未实际使用').first().waitFor();
    expect(await page.getByLabel('凭证支持的费用（元）').inputValue()).toBe('6000');
    await page.getByRole('radio', { name: '通过' }).check();
    await page.getByRole('button', { name: '保存，看下一项' }).click();
    await page.getByText('1 / 3 项', { exact: true }).waitFor();
  });

  walkGuide(auditorGuide, () => ({ page: pageOf('auditor'), answerDeduction }));
});

describe('publicity and objections', () => {
  it('draws the window, and an objection is decided with the amount that is right', async () => {
    const { year } = world;
    const officer = world.system.person('officer');
    const notice = await until('the notice', async () => {
      const { items } = await officer.do(publicityRoutes.listNotices, { query: { year } });
      return items[0];
    });
    const { items: lines } = await officer.do(publicityRoutes.readNoticeLines, { params: { noticeId: notice.id } });
    const line = lines.find(({ asked }: { asked: string }) => asked === '8000.00');
    const objection = await officer.do(publicityRoutes.lodgePublicObjection, {
      params: { noticeId: notice.id },
      body: {
        claimItemId: line.claimItemId,
        name: '苏日娜',
        phone: '13947100000',
        grounds: '该企业仅开通部分模块。',
      },
    });
    await taskAbout(officer, objection.id, 'objection');

    const page = pageOf('officer');
    await page.goto('/publicity');
    await page.getByText('1 件异议待处理').waitFor();
    expect(await page.locator('.window-days li').count()).toBe(6);
    await expectWhole(page, 'publicity', ['公示期', 'Window']);
    await page.getByRole('link', { name: '办理', exact: true }).click();
    await page.getByText('该企业仅开通部分模块。').waitFor();
    await page.locator('.document-desk canvas').waitFor();
    await expectWhole(page, 'case-objection', ['异议理由', 'Grounds']);
    await page.getByRole('radio', { name: '异议成立' }).check();
    await page.getByLabel('理由', { exact: true }).selectOption('objection-founded');
    await page.getByLabel('说明（必填）').fill('经查仅交付一半。');
    await page.getByLabel('更正后的金额（元）').fill('8000.01');
    await submit(page);
    await page.locator('.field-error', { hasText: '8000.00' }).waitFor();
    await page.getByLabel('更正后的金额（元）').fill('4000');
    await submit(page);
    await page.getByText('该项按新金额另行公示完整的公示期').waitFor();
    await page.getByRole('button', { name: '确认：异议成立' }).click();
    await page.getByText('已办结：异议成立').waitFor();
    await until('the new edition', async () => {
      const { items } = await officer.do(publicityRoutes.listNotices, { query: { year } });
      return items.some(({ edition }: { edition: number }) => edition === 2) || undefined;
    });
  });
});
