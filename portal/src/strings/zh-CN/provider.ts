/** Texts of a provider's own pages. */
export const provider = {};
