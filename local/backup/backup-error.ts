/** A backup or restore that was refused; what stands is as it was before. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
