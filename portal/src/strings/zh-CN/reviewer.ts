/** Texts of reviewers and auditors. */
export const reviewer = {};
