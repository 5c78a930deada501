import * as z from 'zod';

/**
 * Number of a bank account that is paid, as printed on the account permit: 8 to 30 digits without spaces. Corporate
 * accounts have no check digit; the name on the account is checked by the bank when it answers (clause 七-(一)).
 */
export const bankAccountSchema = z.string().regex(/^\d{8,30}$/);
