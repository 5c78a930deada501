/** Texts of documents as they are looked at. */
export const documents = {
  title: '材料',
  none: '没有材料。',
  tools: '查看材料',
  smaller: '缩小',
  larger: '放大',
  fit: '适合宽度',
  turn: '向右旋转',
  before: '上一页',
  after: '下一页',
  sheet: (sheet: number, of: number) => `第 ${sheet} / ${of} 页`,
  download: '下载原件',
  broken: '此文件无法在这里显示，请下载后查看。',
  recorded: '身份证件属于敏感信息：每次查看都会留下记录，离开本页后不保留。',
  look: (label: string) => `查看${label}`,
  back: '返回修改',
};
