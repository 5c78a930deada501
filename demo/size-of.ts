/** What a backup holds, in words. */
export const sizeOf = ({ files, bytes }: { files: number; bytes: number }) =>
  `${files} 个文件 files, ${(bytes / 1e6).toFixed(1)} MB`;
