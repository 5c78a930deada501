/** Texts of taking rows from a file. */
export const fileImport = {
  choose: '选择表格文件',
  another: '换一个文件',
  formats: '可用 Excel 工作簿（.xlsx）或 CSV，GBK、UTF-8 编码均可；也可把文件拖到这里',
  rows: '文件各行的检查结果',
  line: '行号',
  lineN: (n: number) => `第 ${n} 行`,
  content: '内容',
  result: '检查结果',
  fine: '无误',
  skipped: '不导入',
  inColumn: (title: string, said: string) => `“${title}”：${said}`,
  missingColumns: (titles: readonly string[]) => `文件中找不到这些列：${titles.join('、')}。请使用模板的表头。`,
  nothingTaken: (n: number) => `有 ${n} 行需要修改，整份文件都没有导入。请改好后重新选择文件。`,
  problems: {
    'spoilt-number': 'Excel 已把过长的数字截断，请把该列设为“文本”格式后重新填写。',
    'unreadable-date': '日期须写作“2026-02-13”或“2026/2/13”。',
    'spreadsheet-error': '单元格是公式错误，请更正。',
  },
  unreadable: {
    'old-excel': '这是旧版 Excel 文件（.xls）。请另存为“Excel 工作簿（.xlsx）”或 CSV。',
    'not-a-table': '这不是表格文件。请选择 .xlsx 或 CSV。',
    broken: '文件已损坏或无法读取，请重新保存后再试。',
    'too-large': '文件过大（上限 5 MB）。请分成几份导入。',
    encoding: '读不出文件的文字编码，请另存为“CSV UTF-8”或 .xlsx。',
    empty: '文件里没有内容。',
  },
};
