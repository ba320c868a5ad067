/** Reasons of making a definition, beside those of every write. */
export const CREATE_REASONS: readonly string[] = ['DEFINITION_EXISTS', 'ORG_OUT_OF_SCOPE'];

/** Reasons of approving or retiring one. */
export const MOVE_REASONS: readonly string[] = [
  'DEFINITION_NOT_FOUND',
  'DEFINITION_MOVE_NOT_ALLOWED',
  'APPROVER_IS_MAKER',
  'DEFINITIONS_TOO_MANY',
  'ORG_OUT_OF_SCOPE',
];
