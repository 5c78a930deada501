/** Who signed, who caused an entry, and by when the next hand is expected. */
export const signatures = {
  system: (what: string) => `系统（${what}）`,
  /** What the system was doing, by the name of the workflow. */
  doing: {
    'certification-review': '认证审核',
    'claim-audit': '兑现审核',
    deadlines: '到期处理',
    'objection-handling': '异议处理',
    'offering-review': '产品审核',
    payout: '资金拨付',
    'publicity-window': '公示',
    'waiting-list': '候补',
    'year-end': '年终结转',
  } as Readonly<Record<string, string>>,
  refused: (department: string) => `${department}不同意`,
  lastChange: '最近一次调整',
  lastChangeOf: (from: string, to: string, reason: string) => `由 ${from} 调整为 ${to}：${reason}`,
  signedBy: (n: number) => `第 ${n} 版的签署`,
  signers: '签署人',
  youDrafted: '您参与了编制，须由另一人启用。',
  mayEnact: '您没有参与编制，可以启用。',
  ends: '终止',
};
