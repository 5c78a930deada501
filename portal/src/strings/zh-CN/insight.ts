/** Texts of charts, long tables, dashboards and the inspector's pages. */
export const insight = {
  chart: { asTable: '以表格查看', inTable: '图中数字见下方表格。' },
  longTable: {
    loaded: (n: number) => `已载入 ${n} 条，向下滚动继续载入`,
    all: (n: number) => `共 ${n} 条`,
  },
};
