import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { composeUscc } from '../../core/identity/uscc.ts';
import { complaintsOf, countScript, measureVitals, seriousFindings, vitalsOf } from '../support/browser-reports.ts';
import { keepPicture } from '../support/picture.ts';
import { openPortalWorld, type PortalWorld } from '../support/portal-world.ts';
import { signIn } from '../support/seen-world.ts';
import { walkGuide } from '../support/walk-guide.ts';
import { expectWhole } from '../support/whole-page.ts';
import { publicVisits } from './every-page.ts';
import citizen, { type CitizenWalk } from './guides/citizen.ts';

const MOST_SCRIPT = 250 * 1024;

let world: PortalWorld;
let contexts: BrowserContext[] = [];

beforeAll(async () => {
  world = await openPortalWorld();
}, 300_000);
afterAll(() => world?.stop());
afterEach(async () => {
  for (const context of contexts) await context.close();
  contexts = [];
});

async function visit(path: string, options: Parameters<PortalWorld['visitor']>[0] = {}): Promise<Page> {
  const context = await world.visitor(options);
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

describe('every public page', () => {
  it('is whole in both languages and on a phone, fits its window, and has no serious finding of axe', async () => {
    const page = await visit('/');
    const complaints = complaintsOf(page);
    for (const { name, path, shows } of publicVisits(world)) {
      await page.goto(path);
      await expectWhole(page, name, shows, 'h1, .empty-title');
    }
    expect(complaints).toEqual([]);
  }, 240_000);

  it('is reached by the menu, and its title is told', async () => {
    const page = await visit('/');
    for (const name of ['资格自查', '额度测算', '计划与进度', '产品目录', '云服务商', '公示', '领券名录', '候补名单']) {
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
      expect(await page.title()).toBe(`${name} · 登云`);
    }
  });

  it('speaks English when asked, and keeps to it', async () => {
    const context = await world.browser.newContext({ baseURL: world.system.apiUrl });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto('/plan');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Plan and progress' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Plan and progress' }).waitFor();
  });

  it('loads at most 250 KB of compressed script at first; how fast is printed', async () => {
    const context = await world.visitor();
    contexts.push(context);
    await measureVitals(context);
    const page = await context.newPage();
    const script = countScript(page);
    await page.goto('/');
    await page.getByText('尚可使用').waitFor();
    await page.waitForLoadState('networkidle');
    const bytes = await script();
    const { largestPaint, blocked, shift } = await vitalsOf(page);
    console.log(
      `first page: ${(bytes / 1024).toFixed(0)} KB of script (gzip), largest paint ${largestPaint.toFixed(0)} ms, ` +
        `blocked ${blocked.toFixed(0)} ms, layout shift ${shift.toFixed(3)}`,
    );
    expect(bytes).toBeGreaterThan(50 * 1024);
    expect(bytes).toBeLessThanOrEqual(MOST_SCRIPT);
    expect(shift).toBeLessThan(0.1);
  });
});

describe('the check before registering', () => {
  it('refuses with the sentences of the contract, keeps what was typed, and goes to the first mistake', async () => {
    const page = await visit('/check');
    const code = page.getByLabel('统一社会信用代码');
    await code.fill('911501000000000192');
    await page.getByRole('button', { name: '查看结果' }).click();
    await page.getByText('统一社会信用代码校验码不正确，请对照营业执照逐位核对。').waitFor();
    await page.getByText('有 3 处需要修改').waitFor();
    expect(await page.getByText('此项必填。').count()).toBe(2);
    expect(await code.inputValue()).toBe('911501000000000192');
    await expect.poll(() => page.evaluate('document.activeElement?.value')).toBe('911501000000000192');
    await page.setViewportSize({ width: 390, height: 844 });
    await keepPicture(page, 'portal/check-refused-phone');
  });

  it('goes by keyboard alone, and says what reviewers will look at', async () => {
    const page = await visit('/');
    await page.getByText('尚可使用').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('main');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '资格自查' }).waitFor();
    await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('main');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type(composeUscc('150100', 7));
    await page.keyboard.press('Tab');
    for (const _ of ['呼和浩特市', '包头市']) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('I');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('统一社会信用代码的行政区划与所选盟市不一致，请核对所在地。').waitFor();
    await page.getByText('服务于工业生产的证明').waitFor();
  });
});

describe('the calculator', () => {
  it('derives the amount sentence by sentence, as it is typed', async () => {
    const page = await visit('/calculator');
    await page.getByLabel('购买哪一种云服务').selectOption('production-control');
    await page.getByLabel('合同实付总额（元）').fill('68000');
    await page.getByText('费用 68000.00 元 × 20% = 13600.00 元').waitFor();
    await page.getByLabel('本年度已有的云服务券（元）').fill('9000');
    await page.locator('.decides', { hasText: '尚余 11000.00 元' }).waitFor();
    expect(await page.locator('.estimate').textContent()).toContain('¥11,000.00');
    expect(await page.locator('.estimate-split').textContent()).toContain('企业自付 ¥57,000.00');
  });

  it.each([
    ['12.345', '金额最多两位小数。'],
    ['-5', '金额不得为负。'],
    ['1,000', '金额须写作如“1234.50”的元数。'],
    ['999999999999', '金额过大。'],
  ])('refuses a fee of %s: %s', async (fee, refusal) => {
    const page = await visit('/calculator');
    await page.getByLabel('合同实付总额（元）').fill(fee);
    await page.getByText(refusal).waitFor();
    expect(await page.getByLabel('合同实付总额（元）').inputValue()).toBe(fee);
  });
});

describe('the catalogue', () => {
  it('is searched and filtered; what was asked is in the address', async () => {
    const page = await visit('/catalogue');
    await page.getByLabel('搜索产品或云服务商').fill('MES');
    await page.getByText('已列出 1 个产品').waitFor();
    await expect.poll(() => page.url()).toContain('q=MES');
    await page.getByLabel('种类').selectOption('database');
    await page.getByText('没有符合条件的产品。').waitFor();
    await page.getByRole('button', { name: '清除条件' }).click();
    await page.getByText('已列出 3 个产品').waitFor();
  });

  it('shows what a provider of the list of providers offers', async () => {
    const page = await visit('/providers');
    await page.getByRole('link', { name: '云上草原科技有限公司' }).click();
    await page.getByText('已列出 3 个产品').waitFor();
    expect(await page.getByLabel('搜索产品或云服务商').inputValue()).toBe('云上草原科技有限公司');
  });

  it('puts chosen offerings side by side', async () => {
    const page = await visit('/catalogue');
    for (const name of ['弹性计算标准型', '云数据库企业版']) {
      await page.getByRole('button', { name: `加入比较 ${name}` }).click();
    }
    await page.getByRole('link', { name: '比较 2 个产品' }).click();
    await page.getByText('低于市场价 11.1%').waitFor();
    await expect.poll(() => page.locator('.comparison thead th').count()).toBe(2);
  });
});

describe('a notice', () => {
  const fill = async (page: Page) => {
    await page
      .getByRole('button', { name: /^提出异议 / })
      .first()
      .click();
    await page.getByLabel('姓名').fill('苏日娜');
    await page.getByLabel('联系电话').fill('13947100000');
    await page.getByLabel('异议理由').fill('该企业仅开通部分模块。');
  };
  const open = () => visit(`/notices/${world.noticeId}`);

  it('says how long objections are taken, in working days', async () => {
    const page = await open();
    await page.getByText('剩 5 个工作日').waitFor();
    expect(await page.locator('.days li').count()).toBe(5);
    await page.getByRole('button', { name: '重新计算并比对' }).click();
    await page.getByText('一致：内容与公布时相同。').waitFor();
  });

  it('refuses an objection without line, name, phone or grounds before anything is sent', async () => {
    const page = await open();
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await page.getByLabel('联系电话').fill('12345');
    await page.getByRole('button', { name: '提交异议' }).click();
    await page.getByText('有 4 处需要修改').waitFor();
    await page.getByText('此项格式不对。').waitFor();
    expect(await page.getByLabel('联系电话').inputValue()).toBe('12345');
    expect(sent).toEqual([]);
  });

  it('says above the form what the system refuses of no field that it shows, until something is changed', async () => {
    const page = await open();
    await page.route('**/v1/public/notices/*/objections', (route) =>
      route.fulfill({
        status: 422,
        json: {
          type: 'about:blank',
          title: 'Unprocessable',
          status: 422,
          detail: '请修改标出的内容。',
          detailEn: 'Change what is marked.',
          code: 'refused',
          errors: [{ pointer: '/language', code: 'unknown', detail: '没有这种语言。', detailEn: 'No such language.' }],
          requestId: 'request',
        },
      }),
    );
    await fill(page);
    await page.getByRole('button', { name: '提交异议' }).click();
    await page.getByText('有 1 处需要修改').waitFor();
    await page.getByRole('alert').filter({ hasText: '没有这种语言。' }).waitFor();
    expect(await page.getByLabel('异议理由').inputValue()).toBe('该企业仅开通部分模块。');
  });

  it('keeps what was typed when the connection is lost, and sends it once when it is back', async () => {
    const page = await open();
    await fill(page);
    const context = page.context();
    await context.setOffline(true);
    await page.getByRole('button', { name: '提交异议' }).click();
    await page.getByText('暂时连接不上系统，请检查网络后重试。').waitFor();
    await page.getByText('网络已断开').waitFor();
    expect(await page.getByLabel('异议理由').inputValue()).toBe('该企业仅开通部分模块。');
    await page.reload().catch(() => undefined);
    await context.setOffline(false);
    await page.goto(`/notices/${world.noticeId}`);
    await page.getByText('剩 5 个工作日').waitFor();
    expect(await page.getByLabel('异议理由').inputValue()).toBe('该企业仅开通部分模块。');

    const keys: (string | undefined)[] = [];
    page.on('request', (request) => request.method() === 'POST' && keys.push(request.headers()['idempotency-key']));
    await page
      .getByRole('button', { name: /^提出异议 / })
      .first()
      .click();
    await page.getByRole('button', { name: '提交异议' }).dblclick();
    await page.getByText('异议已受理').waitFor();
    expect(keys).toHaveLength(1);
    expect(await page.evaluate('Object.keys(sessionStorage).join()')).not.toContain('draft');
  });

  it('that does not exist is refused in the words of the API, in the language spoken', async () => {
    const path = '/notices/ntc_00000000000000000000000000';
    const chinese = await (await visit(path)).getByRole('alert').textContent();
    const english = await (await visit(path, { language: 'en' })).getByRole('alert').textContent();
    expect(chinese).toMatch(/[\u4e00-\u9fff]+.*请求编号/);
    expect(english).toMatch(/^[A-Z][\x20-\x7e]+Request/);
  });
});

describe('the public', () => {
  let walk: CitizenWalk;
  beforeAll(async () => {
    const context = await world.visitor();
    walk = { page: await context.newPage(), noticeId: world.noticeId };
  });
  afterAll(() => walk.page.context().close());
  walkGuide(citizen, () => walk);
});

describe('signing in', () => {
  it('shows a member the own organisation and why its application was returned; a reload comes back', async () => {
    const page = await visit('/');
    await signIn(page, 'enterprise2');
    await page.getByRole('heading', { name: /河套面粉有限公司/ }).waitFor();
    await page.getByText('已退回，请补正').waitFor();
    await page.getByText('未加盖公章').waitFor();
    expect(
      await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])'),
    ).not.toContain('eyJ');
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.getByRole('link', { name: '单位名册' }).count()).toBe(0);
    await page.reload();
    await page.getByText('已退回，请补正').waitFor();
  });

  it('opens to staff what their role may see, and to nobody else', async () => {
    const page = await visit('/organisations');
    await signIn(page, 'city-150200');
    await page.getByText('敖包矿业有限责任公司').first().waitFor();
    expect(await page.getByLabel('盟市').isDisabled()).toBe(true);
    await expectWhole(page, 'organisations', ['敖包矿业有限责任公司', '敖包矿业有限责任公司']);

    const other = await visit('/organisations');
    await signIn(other, 'enterprise1');
    await other.getByText('您的岗位不能查看本页').waitFor();
  });

  it('ends here and at the issuer', async () => {
    const page = await visit('/mine');
    await signIn(page, 'enterprise1');
    await page.getByText('已认证').first().waitFor();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.locator('button[value=yes]').click();
    await page.getByText('尚可使用').waitFor();
    await page.goto('/mine');
    await page.getByText('请先登录').waitFor();
    await page.getByRole('button', { name: '登录' }).first().click();
    await page.locator('#password').waitFor();
  });

  it('was cancelled: says so and offers it again', async () => {
    const page = await visit('/signed-in?error=access_denied');
    await page.getByText('没有登录成功').waitFor();
    await page.getByRole('button', { name: '重新登录' }).waitFor();
  });

  it('is renewed without a word; when that is refused, what is on the page stays', async () => {
    const page = await visit('/mine');
    await signIn(page, 'enterprise1');
    await page.getByText('已认证').first().waitFor();
    const laterAgain = async () => {
      await world.system.clock.advanceBy(31 * 60_000);
      await page.context().clock.setFixedTime(world.system.clock.now());
      await page.getByRole('link', { name: '公示', exact: true }).click();
      await page.getByText('兑付公示').first().waitFor();
      const token = page.waitForResponse((answer) => answer.url().endsWith('/token'));
      await page.goBack();
      return (await token).status();
    };
    expect(await laterAgain()).toBe(200);
    await page.getByText('已认证').first().waitFor();

    await page.route(`${world.system.issuerUrl}/token`, (route) =>
      route.fulfill({
        status: 400,
        headers: { 'access-control-allow-origin': '*' },
        json: { error: 'invalid_grant' },
      }),
    );
    expect(await laterAgain()).toBe(400);
    await page.getByText('登录已超时').waitFor();
    await page.getByText('敖包矿业有限责任公司').first().waitFor();
    await page.getByRole('button', { name: '重新登录' }).first().waitFor();
  });
});
