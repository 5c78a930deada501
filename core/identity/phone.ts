import * as z from 'zod';

const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^0(?:10|2\d|[3-9]\d\d)-?[2-9]\d{6,7}(?:-\d{1,6})?$/;

/** A mobile number of the mainland: 11 digits, without country code or spaces. */
export const isMobile = (text: string): boolean => MOBILE.test(text);

/** A landline of the mainland with its area code, and an extension if any: "0471-6945000", "010-65001234-8001". */
export const isLandline = (text: string): boolean => LANDLINE.test(text);

/** A mobile number or a landline of the mainland. */
export const phoneSchema = z.string().regex(new RegExp(`${MOBILE.source}|${LANDLINE.source}`));
