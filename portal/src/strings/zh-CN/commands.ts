/** What every form says around what it sends. */
export const commands = {
  sending: '正在提交…',
  unsaved: '有未保存的修改',
  kept: '您填写的内容仍在。请先读取最新内容，核对后再提交。',
  readAgain: '读取最新内容',
};
