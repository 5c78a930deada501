import { defineRules } from './rule.ts';

/** Rules of the catalogue: what refuses a version, and what its reviewer is pointed to (clause 三-(二)). */
export const catalogueRules = defineRules({
  'offering-withdrawn': {
    kind: 'state',
    clause: '三-(二)',
    zh: '该产品已下架，不能再改动。如需重新提供，请新建产品。',
    en: 'This offering has been withdrawn for good. Create a new one to offer it again.',
  },
  'offering-version-open': {
    kind: 'state',
    clause: '三-(二)',
    zh: '第 {number} 版尚在“{state}”状态。请先办结该版本，再新建版本。',
    en: 'Version {number} is still "{state}". Finish it before making a new version.',
  },
  'price-zero': {
    kind: 'rule',
    clause: '三-(二)',
    zh: '产品价格和市场价格须大于零。',
    en: 'The price and the market price must be above zero.',
  },
  'price-above-market': {
    kind: 'rule',
    clause: '三-(二)',
    zh: '报价 {price} 元高于市场价格上限 {limit} 元（市场价格 {market} 元）。请降低报价或更正市场价格证据。',
    en: 'The price of {price} yuan is above the limit of {limit} yuan (market price {market}). Lower it, or correct the evidence.',
  },
  'market-evidence-required': {
    kind: 'rule',
    clause: '三-(二)',
    zh: '须提供本单位上传并通过检查的市场价格证据文件。',
    en: 'Evidence of the market price is required: a document of your own for this purpose whose content was accepted.',
  },
  'market-price-from-future': {
    kind: 'rule',
    clause: '三-(二)',
    zh: '市场价格的采集日期 {date} 不能晚于今天。',
    en: 'The market price cannot have been observed on {date}, after today.',
  },
  'market-evidence-old': {
    kind: 'rule',
    clause: '三-(二)',
    zh: '市场价格采集于 {date}，已超过 {days} 天，请核实是否仍然有效。',
    en: 'The market price was observed on {date}, more than {days} days ago: check that it still holds.',
  },
  'market-source-is-provider': {
    kind: 'rule',
    clause: '三-(二)',
    zh: '市场价格来源为云服务商自身，请核实是否有独立来源。',
    en: 'The source of the market price is the provider itself: look for an independent one.',
  },
  'price-changed-much': {
    kind: 'rule',
    clause: '三-(二)',
    zh: '与已发布版本相比价格变动 {percent}%（{from} 元 → {to} 元），请核实理由。',
    en: 'The price changes by {percent} % against the published version ({from} to {to} yuan): check why.',
  },
  'price-unit-changed': {
    kind: 'rule',
    clause: '三-(二)',
    zh: '与已发布版本相比计价单位由“{from}”改为“{to}”，价格不可直接比较。',
    en: 'The price unit changes from "{from}" to "{to}", so prices cannot be compared directly.',
  },
  'kind-changed': {
    kind: 'rule',
    clause: '五-(二)',
    zh: '与已发布版本相比服务种类由“{from}”改为“{to}”，补助比例可能随之改变。',
    en: 'The kind of service changes from "{from}" to "{to}", and with it perhaps the ratio.',
  },
  'voucher-flag-changed': {
    kind: 'rule',
    clause: '三-(二)',
    zh: '与已发布版本相比是否支持云服务券发生变化。',
    en: 'Whether vouchers may be used changes against the published version.',
  },
});
