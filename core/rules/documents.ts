import { defineRules } from './rule.ts';

/** Rules of uploaded documents: legible, what they claim to be, and seen only by those who must (clauses 三-(一), 四). */
export const documentsRules = defineRules({
  'document-type-not-allowed': {
    kind: 'rule',
    clause: '四',
    zh: '此类文件只接受以下格式：{allowed}。请另存后重新上传。',
    en: 'A document of this kind must be one of: {allowed}. Save it as one of them and upload it again.',
  },
  'document-too-large': {
    kind: 'rule',
    zh: '文件超过 {limit} KB 的上限。请降低扫描分辨率或压缩后重新上传。',
    en: 'The file is larger than {limit} KB. Scan it at a lower resolution or compress it.',
  },
  'document-too-small': {
    kind: 'rule',
    zh: '文件只有 {size} 字节，不可能是清晰的扫描件。请上传原件的扫描件。',
    en: 'The file has only {size} bytes: too few for a legible scan. Upload a scan of the original.',
  },
  'document-empty': {
    kind: 'rule',
    zh: '文件是空的。请重新选择文件并上传。',
    en: 'The file is empty. Choose the file again and upload it.',
  },
  'document-checksum-mismatch': {
    kind: 'rule',
    zh: '收到的内容与申请上传时声明的大小或校验值不一致。请重新申请上传。',
    en: 'What arrived is not what was announced, by its size or checksum. Request another upload.',
  },
  'document-wrong-type': {
    kind: 'rule',
    clause: '四',
    zh: '文件声明为 {declared}，但内容是 {found}。请按真实格式上传。',
    en: 'The file says it is {declared}, but its content is {found}. Upload it as what it is.',
  },
  'document-not-decodable': {
    kind: 'rule',
    clause: '四',
    zh: '文件已损坏或不完整，无法打开。请重新扫描或导出后上传。',
    en: 'The file is damaged or incomplete and cannot be opened. Scan or export it again.',
  },
  'document-interlaced': {
    kind: 'rule',
    zh: '不接受隔行扫描的 PNG 图片。请另存为普通 PNG 或 JPEG 后上传。',
    en: 'Interlaced PNG images are not accepted. Save it as a plain PNG or as JPEG.',
  },
  'document-resolution-too-low': {
    kind: 'rule',
    clause: '四',
    zh: '图片短边只有 {side} 像素，至少须 {least} 像素才能看清。请重新扫描或拍摄。',
    en: "The image's shorter side has {side} pixels; it takes at least {least} to be legible. Scan it again.",
  },
  'document-too-many-pixels': {
    kind: 'rule',
    zh: '图片为 {width}×{height} 像素，超过 {most} 百万像素的上限。请降低分辨率后上传。',
    en: 'The image is {width} by {height} pixels, more than {most} megapixels. Reduce its resolution.',
  },
  'document-illegible': {
    kind: 'rule',
    clause: '四',
    zh: '图片几乎是一片空白，看不到内容。请重新扫描或拍摄。',
    en: 'The image is almost blank: there is nothing to read. Scan it again.',
  },
  'document-pdf-encrypted': {
    kind: 'rule',
    zh: 'PDF 文件已加密。请去除密码和权限限制后上传。',
    en: 'The PDF is encrypted. Remove its password and its restrictions, then upload it.',
  },
  'document-pdf-without-pages': {
    kind: 'rule',
    zh: 'PDF 文件没有任何页面。请重新导出后上传。',
    en: 'The PDF has no pages. Export it again.',
  },
  'document-not-uploaded': {
    kind: 'state',
    zh: '还没有收到文件。请先按返回的上传表单上传，再确认完成。',
    en: 'The file has not arrived. Upload it with the form that was answered, then complete.',
  },
  'document-upload-expired': {
    kind: 'state',
    zh: '上传时限已过，且没有收到文件。请重新申请上传。',
    en: 'The time for the upload is over and nothing arrived. Request another upload.',
  },
  'document-not-accepted': {
    kind: 'state',
    zh: '文件尚未通过内容检查，不能查看。',
    en: 'The document has not passed the check of its content and cannot be opened.',
  },
  'document-link-recorded': {
    kind: 'forbidden',
    clause: '四',
    zh: '身份证件影像只能通过留痕的查看链接打开：请使用 POST /v1/documents/（编号）/links。',
    en: 'Identity images are opened by a recorded link only: use POST /v1/documents/(id)/links.',
  },
});
