/** Texts of what waits now, by office. */
export const openWork = {
  title: '现在有多少事项等待办理',
  lead: '各盟市、各部门现有的待办，不分年度。超时指时限已过而尚未办结；件数随办理在数秒内更新。',
  open: (n: number) => `待办 ${n} 件`,
  overdue: (n: number) => `${n} 件超时`,
  inTime: '未超时',
  late: '超时',
  idle: (offices: readonly string[]) => `没有待办：${offices.join('、')}。`,
  earliest: (day: string) => `最早时限 ${day}`,
};
