import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ordersRoutes } from '../../contracts/orders.ts';
import { registryRoutes } from '../../contracts/registry.ts';
import { businessDate } from '../../core/calendar/business-date.ts';
import { composeIdCard } from '../../core/identity/id-card.ts';
import { composeUscc } from '../../core/identity/uscc.ts';
import { answer, type Deal, place } from '../../demo/business.ts';
import { apply, decide, type Member, register, statusOf } from '../../demo/cast.ts';
import { sampleImage } from '../../demo/samples/index.ts';
import { sampleFor } from '../../demo/uploads.ts';
import { complaintsOf, seriousFindings } from '../support/browser-reports.ts';
import { type EnterpriseWorld, openEnterpriseWorld } from '../support/enterprise-world.ts';
import { blankImage } from '../support/odd-files.ts';
import { signIn } from '../support/seen-world.ts';
import { walkGuide } from '../support/walk-guide.ts';
import { expectWhole } from '../support/whole-page.ts';
import { enterpriseVisits } from './every-page.ts';
import enterprise, { type EnterpriseWalk } from './guides/enterprise.ts';

let world: EnterpriseWorld;
/** The old hand's own page, kept from test to test. */
let own: Page;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  world = await openEnterpriseWorld();
  own = await as('enterprise1', '/mine');
}, 300_000);
afterAll(() => world?.stop());

async function as(
  username: string,
  path: string,
  options: Parameters<EnterpriseWorld['visitor']>[0] = {},
): Promise<Page> {
  const context = await world.visitor(options);
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(path);
  await signIn(page, username);
  await page.getByRole('button', { name: /^(退出登录|Sign out)$/ }).waitFor();
  return page;
}

/** Goes to a page as a link would: the session stays. */
const go = (page: Page, path: string) =>
  page.evaluate(`history.pushState({}, '', '${path}'); dispatchEvent(new PopStateEvent('popstate'))`);

const chosen = (purpose: Parameters<typeof sampleFor>[0], text: string) => {
  const { fileName, contentType, bytes } = sampleFor(purpose, text);
  return { name: fileName, mimeType: contentType, buffer: Buffer.from(bytes) };
};

/** Commands that a page sends from now on. */
function commandsOf(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' && request.url().includes('/v1/')) sent.push(new URL(request.url()).pathname);
  });
  return sent;
}

/** An order of the old hand for the production control, made elsewhere. */
const deal = (contractNumber: string): Deal => ({
  provider: world.provider,
  enterprise: world.regular,
  offeringId: world.mes,
  kind: 'production-control',
  quantity: 1,
  contractNumber,
  listPrice: '40000.00',
  choice: { use: 'amount', amount: '1000.00' },
});

/** The field of a form that holds a text: its label, its refusal. */
const fieldOf = (page: Page, label: string) => page.locator('.field', { hasText: label });

describe('every page of an enterprise', () => {
  it('is whole in both languages and on a phone, fits its window, and has no serious finding of axe', async () => {
    const page = await as('enterprise1', '/mine');
    const complaints = complaintsOf(page);
    for (const { name, path, shows } of enterpriseVisits(world)) {
      await go(page, path);
      await expectWhole(page, name, shows);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
});

describe('registering', () => {
  it('refuses with the sentences of the contract, then what only the server knows at the field it is about', async () => {
    const page = await as('enterprise5', '/mine/new');
    const sent = commandsOf(page);
    await page.getByLabel('统一社会信用代码').fill('911502000000000192');
    await page.getByLabel('地址').fill('包头');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await fieldOf(page, '统一社会信用代码').getByText('请对照营业执照逐位核对').waitFor();
    await fieldOf(page, '地址').getByText('此项过短').waitFor();
    expect(await page.getByText('此项必填。').count()).toBe(3);
    expect(sent).toEqual([]);

    await page.getByLabel('统一社会信用代码').fill(world.regular.uscc);
    await page.getByLabel('单位名称').fill('冒名有限公司');
    await page.getByLabel('所在盟市').selectOption('150200');
    await page.getByLabel('所属行业门类').selectOption('I');
    await page.getByLabel('地址').fill('包头市昆都仑区 1 号');
    await page.getByText('服务于工业生产的证明').waitFor();
    await page.getByRole('button', { name: '登记', exact: true }).dblclick();
    await fieldOf(page, '统一社会信用代码').getByText('已登记为同类单位').waitFor();
    expect(sent).toEqual(['/v1/organisations']);
    await page.reload();
    await page.getByLabel('单位名称').waitFor();
    await expect.poll(() => page.getByLabel('单位名称').inputValue()).toBe('冒名有限公司');
    await page.context().close();
  });
});

describe('an application that is rejected', () => {
  let page: Page;
  let member: Member;
  const city = () => world.system.person('city-150200');
  const decided = async (outcome: 'reject' | 'return', verdict: object) => {
    const { certificationId } = await member.person.do(registryRoutes.readOrganisation, {
      params: { organisationId: member.organisationId },
    });
    await decide(city(), certificationId, { outcome, ...verdict });
    await statusOf(member, outcome === 'reject' ? 'rejected' : 'returned');
  };

  beforeAll(async () => {
    member = await register(world.system, {
      username: 'enterprise8',
      kind: 'enterprise',
      name: '通辽铸造有限公司',
      serial: 1108,
      jurisdiction: '150200',
      section: 'C',
    });
    await apply(member);
    await decided('reject', { reasonCode: 'not-operating', note: '实地核查时厂区停产' });
    page = await as('enterprise8', '/mine');
  }, 60_000);
  afterAll(() => page?.context().close());

  it('says why and what can be done, and is handed in again with what was corrected', async () => {
    await page.getByRole('link', { name: '查看原因，可重新申请' }).click();
    await page.getByText('情况变化后可以重新申请。').waitFor();
    await page.getByText('未正常经营').first().waitFor();
    await page.getByText('实地核查时厂区停产').first().waitFor();
    await expectWhole(page, 'certification-rejected', ['情况变化后可以重新申请。', 'You may apply again when']);
    await page.getByRole('button', { name: '修改单位信息' }).click();
    await page.getByLabel('地址').fill('厂');
    const sent = commandsOf(page);
    await page.getByRole('button', { name: '提交认证申请' }).click();
    await fieldOf(page, '地址').getByText('此项过短').waitFor();
    expect(sent).toEqual([]);
    await page.getByLabel('地址').fill('包头市东河区复工路 8 号');
    await page.getByRole('button', { name: '提交认证申请' }).click();
    await page.getByText('第 2 次提交申请').waitFor();
    await page.getByText('现由包头市工信部门办理').waitFor();
    expect(sent).toHaveLength(2);
    const round = page.getByRole('table', { name: '以往申请' }).getByRole('row', { name: /第 1 次/ });
    await round.getByText('未通过').waitFor();
    await round.getByText('未正常经营').waitFor();
  });

  it('then sent back for the identity of its contact: that alone is open, and is typed anew', async () => {
    await decided('return', {
      reasons: [{ pointer: '/identity/contactPhone', reasonCode: 'data-mismatch', note: '电话无人接听' }],
    });
    await page.getByText('电话无人接听').first().waitFor();
    expect(await page.getByLabel('地址').count()).toBe(0);
    expect(await page.locator('input[type=file]').count()).toBe(0);
    expect(await page.getByLabel('联系电话').inputValue()).toBe('');
    const sent = commandsOf(page);
    await page.getByLabel('法定代表人').fill('白音');
    await page.getByLabel('联系人姓名').fill('萨仁');
    await page.getByLabel('联系人公民身份号码').fill(member.idNumber);
    await page.getByLabel('联系电话').fill('12345');
    await page.getByRole('button', { name: '重新提交' }).click();
    await fieldOf(page, '联系电话').getByText('此项格式不对。').waitFor();
    expect(sent).toEqual([]);
    await page.getByLabel('联系电话').fill('13947100108');
    await page.getByRole('button', { name: '重新提交' }).dblclick();
    await page.getByText('第 3 次提交申请').waitFor();
    expect(sent).toEqual([
      `/v1/organisations/${member.organisationId}/identity`,
      expect.stringContaining(`/v1/organisations/${member.organisationId}/`),
    ]);
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).not.toContain(member.idNumber);
  });
});

describe('a file for an application', () => {
  let page: Page;
  const place = () => page.getByRole('group', { name: /^营业执照副本/ });
  const choose = (name: string, mimeType: string, content: Uint8Array) =>
    place()
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name, mimeType, buffer: Buffer.from(content) });

  beforeAll(async () => {
    const { id } = await world.system.person('enterprise6').do(registryRoutes.registerOrganisation, {
      body: {
        kind: 'enterprise',
        uscc: composeUscc('150200', 4406),
        name: '满洲里软件有限公司',
        jurisdiction: '150200',
        industrySection: 'I',
        address: '包头市青山区 6 号',
        memberName: '陈静',
      },
    });
    page = await as('enterprise6', `/mine/${id}/certification`);
    await page.getByText('填写并提交申请').waitFor();
  }, 60_000);

  it.each([
    ['a moving picture', 'a.gif', 'image/gif', () => Buffer.alloc(900, 7), '此类文件只接受以下格式'],
    [
      'too few pixels',
      'a.jpg',
      'image/jpeg',
      () => sampleImage({ kind: 'jpeg', width: 600, height: 400, seed: 1 }),
      '图片短边只有 400 像素',
    ],
    ['no picture at all', 'a.jpg', 'image/jpeg', () => Buffer.alloc(900, 7), '文件已损坏或不完整'],
    ['nothing', 'a.pdf', 'application/pdf', () => Buffer.alloc(0), '文件是空的'],
  ])('is refused at its field before it is sent: %s', async (_, name, type, content, refusal) => {
    const sent = commandsOf(page);
    await choose(name, type, content());
    await place().getByText(refusal).waitFor();
    expect(await place().locator('input[type=file]').first().getAttribute('aria-invalid')).toBe('true');
    expect(sent).toEqual([]);
  });

  it('is refused by its content after it was sent: an empty page', async () => {
    await choose('blank.png', 'image/png', blankImage('png', 1240, 880));
    await place().getByText('图片几乎是一片空白').waitFor();
    await place().getByText('没有通过检查').waitFor();
  });

  it('stays when the connection is lost, and is sent again', async () => {
    const file = sampleFor('business-licence', '断线');
    await page.context().setOffline(true);
    await choose(file.fileName, file.contentType, file.bytes);
    await place().getByText('没有上传成功，文件仍在这里。').waitFor();
    await page.context().setOffline(false);
    await place().getByRole('button', { name: '重新上传' }).click();
    await place().getByText('已上传并通过内容检查').waitFor();
    expect(await place().getByRole('img').count()).toBe(1);
  });

  it('is made smaller when a telephone made it too large', async () => {
    const { bytes } = sampleFor('id-card-front', '大照片');
    const card = page.getByRole('group', { name: /^联系人身份证人像面/ });
    const buffer = Buffer.concat([bytes, Buffer.alloc(5 * 1024 * 1024)]);
    await card.locator('input[type=file]').first().setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer });
    await card.getByText('已上传并通过内容检查').waitFor();
    await card.getByText('照片已由 5 MB 缩小到').waitFor();
  });

  it('is asked for as evidence where the section of industry needs it; numbers are refused by their check digits', async () => {
    const sent = commandsOf(page);
    await page.getByLabel('联系人公民身份号码').fill('150200198506120441');
    await page.getByRole('button', { name: '提交认证申请' }).click();
    await page.getByText('公民身份号码校验码不正确').waitFor();
    await page.getByRole('group', { name: '服务于工业生产的证明' }).getByText('贵单位所属行业门类 I').waitFor();
    expect(sent).toEqual([]);
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).not.toContain('150200198506120441');
    expect(await seriousFindings(page)).toEqual([]);
  });
});

describe('a provider', () => {
  it('gives the account it is paid to with its application, which its city recommends and the region selects', async () => {
    const { id } = await world.system.person('provider3').do(registryRoutes.registerOrganisation, {
      body: {
        kind: 'provider',
        uscc: composeUscc('150200', 9103),
        name: '北疆云服务有限公司',
        jurisdiction: '150200',
        industrySection: 'I',
        address: '包头市青山区 3 号',
        memberName: '乌日娜',
      },
    });
    const page = await as('provider3', `/mine/${id}/certification`);
    await page.getByText('收款账户户名须为本单位名称：北疆云服务有限公司').waitFor();
    await page.getByRole('button', { name: '提交认证申请' }).click();
    await fieldOf(page, '开户银行').getByText('此项必填。').waitFor();
    await page.getByLabel('法定代表人').fill('白音');
    await page.getByLabel('联系人姓名').fill('乌日娜');
    await page.getByLabel('联系人公民身份号码').fill(composeIdCard('150200', businessDate('1985-06-12'), 93));
    await page.getByLabel('联系电话').fill('0472-5180000');
    await page.getByLabel('开户银行').fill('内蒙古银行包头分行');
    await page.getByLabel('收款账号').fill('6217 8000 0000 9103');
    for (const [label, purpose] of [
      ['营业执照副本', 'business-licence'],
      ['联系人身份证人像面', 'id-card-front'],
      ['联系人身份证国徽面', 'id-card-back'],
    ] as const)
      await page.getByLabel(`${label} 选择文件`).setInputFiles(chosen(purpose, `北疆云 ${label}`));
    await page.getByText('已上传并通过内容检查').nth(2).waitFor();
    await page.getByRole('button', { name: '提交认证申请' }).click();
    await page.getByText('盟市推荐').waitFor();
    await page.getByText('自治区择优备案').waitFor();
    await page.getByText('现由包头市工信部门办理').waitFor();

    const { certificationId } = await world.system.person('provider3').do(registryRoutes.readOrganisation, {
      params: { organisationId: id },
    });
    await decide(world.system.person('city-150200'), certificationId, {
      outcome: 'return',
      reasons: [
        { pointer: '/identity/bankAccount', reasonCode: 'data-mismatch', note: '开户行已更名' },
        { pointer: '/uscc', reasonCode: 'data-mismatch', note: '请随执照附变更证明' },
      ],
    });
    await page.getByText('开户行已更名').waitFor();
    await page.getByText('请随执照附变更证明').waitFor();
    await page.getByLabel('收款账号').waitFor();
    await page.context().close();
  });
});

describe('what was submitted', () => {
  it('is opened in a tab of its own, by a link that lasts minutes', async () => {
    await go(own, `/mine/${world.regular.organisationId}/certification`);
    const opening = own.waitForEvent('popup');
    await own
      .getByRole('button', { name: /^查看文件/ })
      .first()
      .click();
    const tab = await opening;
    await expect.poll(() => tab.url(), { timeout: 10_000 }).toMatch(/X-Amz-Signature=/);
    await tab.close();
  });
});

describe('ordering', () => {
  it('refuses quantity, amount and period before anything is sent, and keeps what was typed', async () => {
    await go(own, `/catalogue/${world.mes}/order`);
    await own.getByText('由此确定').waitFor();
    const sent = commandsOf(own);
    await own.getByLabel('数量').fill('0');
    await own.getByRole('radio', { name: /^只用一部分/ }).check();
    await own.getByLabel('使用金额（元）').fill('10.005');
    await own.getByRole('button', { name: '下单并预留' }).click();
    await fieldOf(own, '数量').getByText('此项过短或过小').waitFor();
    await own.getByText('金额最多两位小数。').waitFor();
    await own.getByLabel('数量').fill('1');
    await own.getByLabel('使用金额（元）').fill('100');
    await own.getByLabel('希望结束日期').fill('2020-01-01');
    await own.getByRole('button', { name: '下单并预留' }).click();
    await fieldOf(own, '希望结束日期').getByText('结束日期不得早于开始日期。').waitFor();
    expect(sent).toEqual([]);
    await own.reload();
    await own.getByLabel('使用金额（元）').waitFor();
    await expect.poll(() => own.getByLabel('使用金额（元）').inputValue()).toBe('100');
    await own.getByText('企业选择使用 100.00 元。').waitFor();
    await own.getByRole('radio', { name: /^不使用/ }).check();
    await own.getByText('¥40,000.00').last().waitFor();
  });

  it('asks what to do when the money became short meanwhile; a double click makes one order, which waits in turn', async () => {
    await own.route('**/entitlement?*', async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      await route.fulfill({ response: answer, json: { ...body, fullAmount: body.entitlement.amount } });
    });
    await go(own, `/catalogue/${world.database}/order`);
    await own.getByText('由此确定').waitFor();
    await own.getByRole('button', { name: '下单并预留' }).click();
    await own.unroute('**/entitlement?*');
    await fieldOf(own, '现有资金不足以全额补助').getByText('少于应得的').waitFor();
    await own.getByRole('radio', { name: /^进入候补名单/ }).check();
    const sent = commandsOf(own);
    await own.getByRole('button', { name: '下单并预留' }).dblclick();
    await own.getByText('第 2 位').waitFor();
    expect(sent).toEqual(['/v1/orders']);
    // Until its provider has agreed to hold the offer, it lapses as any other.
    await own.locator('.station-now').getByText('截止').waitFor();
    await own.getByText('等待云服务商以合同应答。').waitFor();
  });
});

describe('an order', () => {
  let signedOrderId: string;

  it('is signed by the keyboard alone', async () => {
    const { answered } = await answer(world.system, deal('K-1'), await place(world.system, deal('K-1')));
    await go(own, `/orders/${answered.id}`);
    await own.getByLabel('我已阅读合同，代表本单位签约').focus();
    await own.keyboard.press('Space');
    await own.keyboard.press('Tab');
    await own.keyboard.press('Enter');
    await own.getByRole('dialog').getByText('生成云服务券 ¥1,000.00').waitFor();
    await own.keyboard.press('Enter');
    await own.getByText('已签约，待交付').waitFor();
    signedOrderId = answered.id;
  });

  it('that was changed meanwhile is not signed: the page says so, and how it stands now', async () => {
    const { answered } = await answer(world.system, deal('S-1'), await place(world.system, deal('S-1')));
    await go(own, `/orders/${answered.id}`);
    await own.getByLabel('我已阅读合同，代表本单位签约').check();
    await world.regular.person.do(ordersRoutes.cancelOrder, {
      params: { orderId: answered.id },
      version: answered.version,
      body: { reason: '同事已取消' },
    });
    await own.getByRole('button', { name: '签约' }).click();
    await own.getByRole('dialog').getByRole('button', { name: '签约' }).click();
    await own.getByText('该记录已被他人修改').waitFor();
    await own.getByRole('button', { name: '读取最新内容' }).click();
    await own.getByText('同事已取消').first().waitFor();
    expect(await own.getByRole('button', { name: '签约' }).count()).toBe(0);
  });

  it('is cancelled with a reason, and gives back what it reserved', async () => {
    const placed = await place(world.system, deal('C-1'));
    await go(own, `/orders/${placed.id}`);
    await own.locator('summary', { hasText: '取消订单' }).click();
    await own.getByRole('button', { name: '取消订单' }).click();
    await fieldOf(own, '取消原因').getByText('此项必填。').waitFor();
    await own.getByLabel('取消原因').fill('改买另一产品');
    await own.getByRole('button', { name: '取消订单' }).click();
    await own.getByRole('dialog').getByRole('button', { name: '取消订单' }).click();
    await own.getByText('已取消').first().waitFor();
    await own.getByText('改买另一产品').first().waitFor();
  });

  it('delivered in part is confirmed line by line; what the rules refuse is said before', async () => {
    await go(own, `/orders/${signedOrderId}`);
    const sent = commandsOf(own);
    const confirm = own.getByRole('button', { name: '确认', exact: true });
    await confirm.click();
    await fieldOf(own, '交付情况').getByText('此项').waitFor();
    await own.getByRole('radio', { name: /^部分交付/ }).check();
    const fee = own.getByLabel(/已交付费用/);
    const refused = async (given: string, sentence: string) => {
      await fee.fill(given);
      await confirm.click();
      await own.getByText(sentence).waitFor();
      expect(await fee.inputValue()).toBe(given);
    };
    await own.getByLabel('情况说明').fill('仅开通一半模块');
    await refused('50000', '交付费用不得超过该项合同费用 40000.00 元。');
    await refused('0', '没有任何交付，请选择“未履行”。');
    await refused('40000', '全部已交付，请选择“全部交付”。');
    expect(sent).toEqual([]);
    await fee.fill('4000');
    await own
      .getByRole('group', { name: /^交付证明/ })
      .locator('input[type=file]')
      .first()
      .setInputFiles(chosen('delivery-evidence', '验收单'));
    await own.getByText('已上传并通过内容检查').waitFor();
    await confirm.click();
    await own.getByRole('dialog').getByRole('button', { name: '确认' }).click();
    await own.getByText('部分交付').first().waitFor();
    await own.getByText('仅开通一半模块').first().waitFor();
    await own.getByRole('link', { name: '查看云服务券 →' }).click();
    await own.getByText('原发放', { exact: true }).waitFor();
    await own.getByText('实际交付费用 4000.00 元 × 20% = 800.00 元').waitFor();
  });
});

describe('the people of an enterprise', () => {
  it('are added, given rights and removed by an owner; what is refused stands at its field', async () => {
    await go(own, `/mine/${world.regular.organisationId}/people`);
    const add = async (sub: string, name: string) => {
      await own.getByLabel('登录账号标识').fill(sub);
      await own.getByLabel('姓名').fill(name);
      await own.getByRole('button', { name: '添加', exact: true }).click();
    };
    await add('', '');
    await fieldOf(own, '登录账号标识').getByText('此项必填。').waitFor();
    await add('demo-enterprise7', '陈静');
    await own.getByText('已添加陈静。').waitFor();
    await add('demo-enterprise7', '陈静');
    await fieldOf(own, '登录账号标识').getByText('此人已是本单位成员。').waitFor();
    const row = own.getByRole('row', { name: /陈静/ });
    await row.getByRole('button', { name: '设为管理员' }).click();
    await own.getByRole('dialog').getByRole('button', { name: '设为管理员' }).click();
    await row.getByRole('button', { name: '改为经办人' }).waitFor();
    await row.getByRole('button', { name: '移除' }).click();
    await own.getByRole('dialog').getByRole('button', { name: '移除' }).click();
    await expect.poll(() => row.count()).toBe(0);
    await own.getByText('150200**********').waitFor();
  });
});

describe('the main path', () => {
  let walk: EnterpriseWalk;
  beforeAll(async () => {
    const context = await world.visitor();
    const { system } = world;
    const member = system.person('enterprise4');
    const city = system.person('city-150200');
    const organisation = async () => {
      const { items } = await member.do(registryRoutes.readMemberships);
      return member.do(registryRoutes.readOrganisation, { params: { organisationId: items[0].organisationId } });
    };
    walk = {
      page: await context.newPage(),
      uscc: composeUscc('150200', 4404),
      idNumber: composeIdCard('150200', businessDate('1985-06-12'), 44),
      files: {
        unstamped: chosen('business-licence', '营业执照'),
        stamped: chosen('business-licence', '营业执照 加盖公章'),
        front: chosen('id-card-front', '身份证人像面'),
        back: chosen('id-card-back', '身份证国徽面'),
      },
      signIn: async (page) => {
        await page.locator('#username').fill('enterprise4');
        await page.locator('#password').fill('dengyun');
        await page.locator('button[type=submit]').first().click();
      },
      cityReturns: async () =>
        decide(city, (await organisation()).certificationId, {
          outcome: 'return',
          reasons: [
            {
              pointer: '/documents/businessLicence',
              reasonCode: 'document-not-stamped',
              note: '请加盖公章后重新上传',
            },
          ],
        }),
      cityApproves: async () => decide(city, (await organisation()).certificationId, { outcome: 'approve' }),
      providerAnswers: async () => {
        const { items } = await member.do(ordersRoutes.listOrders);
        await answer(system, { ...deal('G-1'), enterprise: world.regular }, items[0]);
      },
    };
  });
  walkGuide(enterprise, () => walk);
});
