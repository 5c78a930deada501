/**
 * Masked forms of personal data for staff who must recognise a record without seeing all of it. They are never
 * public, not even masked. Each shows as little as recognition needs, and nothing at all of text that hasn't the expected form.
 */

/**
 * "150102**********1X": the division and the last two. The birth date is hidden, and so is most of the sequence: together
 * with its four last characters the check digit would narrow the birth date to one in eleven.
 */
export const maskIdCard = (idCard: string): string =>
  /^\d{17}[\dX]$/.test(idCard) ? `${idCard.slice(0, 6)}${'*'.repeat(10)}${idCard.slice(16)}` : HIDDEN;

/** "138****0011" for a mobile number, "0471****11" for a landline with its area code. */
export const maskPhone = (phone: string): string => {
  if (/^1\d{10}$/.test(phone)) return `${phone.slice(0, 3)}${HIDDEN}${phone.slice(7)}`;
  const landline = /^(0(?:10|2\d|[3-9]\d\d))-?\d{5,6}(\d\d)(?:-\d+)?$/.exec(phone);
  return landline ? `${landline[1]}${HIDDEN}${landline[2]}` : HIDDEN;
};

/** "****1234", whatever the length: the number of digits would tell the bank. */
export const maskBankAccount = (account: string): string =>
  /^\d{8,30}$/.test(account) ? `${HIDDEN}${account.slice(-4)}` : HIDDEN;

/** "张*", whatever the length; a name of one character is hidden whole. */
export const maskName = (name: string): string => {
  const [first, second] = name.trim();
  return first && second ? `${first}*` : '*';
};

const HIDDEN = '****';
