/** Names of the scheme's lists in both languages, and who acts: for whoever shows the API's codes to people. */
export { type Role, roles, type StaffRole, staffRoles } from '../core/actors/actor.ts';
export { type Category, categories, type Kind, kinds } from '../core/catalogue/kinds.ts';
export {
  correctableFields,
  correctionReasons,
  reductionReasons,
  rejectionReasons,
} from '../core/claims/audit-reasons.ts';
export { type ReviewReasonCode, reviewReasonCodes } from '../core/inbox/reason-codes.ts';
export { type TakeOverReasonCode, takeOverReasonCodes } from '../core/inbox/take-over-reasons.ts';
export {
  decidingRoles,
  lastDayOfTask,
  type TaskKind,
  type TaskStatus,
  taskKinds,
  taskStatuses,
} from '../core/inbox/task.ts';
export { type Milestone, milestones, type Stage, type Standing, stages, standings } from '../core/progress/names.ts';
export { type Jurisdiction, jurisdictions } from '../core/registry/jurisdictions.ts';
