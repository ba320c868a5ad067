import { DomainError, type FieldViolation } from '@tidegate/errors';
import { isAttributeKey } from '@tidegate/rules';
import { isOwnerKey } from './owner';

/** Reads the data line's number instead of a column, 1-based: for files that name nobody. */
export const LINE_COLUMN = '$line';
const CELL_TYPES = ['string', 'number', 'boolean', 'date'] as const;
export type CellType = (typeof CELL_TYPES)[number];
const PROFILE_TARGETS = ['external_id', 'name', 'phone', 'birth_date', 'org_path', 'stage'] as const;
export type ProfileTarget = (typeof PROFILE_TARGETS)[number];
/** Targets that are attributes under a name of their own. */
const NAMED_ATTRIBUTES: Readonly<Record<string, string>> = {
  owner_id: 'attributes.ownerId',
  team_id: 'attributes.teamId',
};
const COLUMNS_MAX = 200;

/** One column of the file and where it goes, as a caller says it; '' is unset. */
export interface ColumnMappingInput {
  column: string;
  target: string;
  type: string;
  prefix: string;
  isRequired: boolean;
}

/** A checked mapping: `attribute` is the key of `attributes.<key>`. */
export interface ColumnMapping {
  column: string;
  target: { profile: ProfileTarget } | { attribute: string };
  type: CellType;
  prefix: string;
  isRequired: boolean;
}

/**
 * Checks a column mapping as a whole.
 * @throws MAPPING_INVALID with a violation per fault: an unknown target or type, a target twice, no external_id
 */
export function parseMapping(inputs: readonly ColumnMappingInput[]): ColumnMapping[] {
  const violations: FieldViolation[] = [];
  const seen = new Set<string>();
  const mapping = inputs.slice(0, COLUMNS_MAX).flatMap((given, index) => {
    const at = `mapping[${index}]`;
    const input = { ...given, target: NAMED_ATTRIBUTES[given.target] ?? given.target };
    if (input.column === '') violations.push({ field: `${at}.column`, description: 'must name a column' });
    if (seen.has(input.target)) violations.push({ field: `${at}.target`, description: 'is mapped twice' });
    seen.add(input.target);
    const parsed = parseColumn(input);
    if (typeof parsed !== 'string') return [parsed];
    violations.push({ field: `${at}.${parsed}`, description: 'is not known' });
    return [];
  });
  if (inputs.length > COLUMNS_MAX)
    violations.push({ field: 'mapping', description: `has more than ${COLUMNS_MAX} columns` });
  if (!seen.has('external_id')) violations.push({ field: 'mapping', description: 'must map a column to external_id' });
  if (violations.length > 0) {
    throw new DomainError({
      code: 'INVALID_ARGUMENT',
      reason: 'MAPPING_INVALID',
      message: 'The column mapping is not valid.',
      violations,
    });
  }
  return mapping;
}

function parseColumn(input: ColumnMappingInput): ColumnMapping | 'target' | 'type' {
  const { column, prefix, isRequired } = input;
  const isProfile = (PROFILE_TARGETS as readonly string[]).includes(input.target);
  const key = input.target.startsWith('attributes.') ? input.target.slice('attributes.'.length) : '';
  // A dot would be a path to the database.
  if (!isProfile && !(isAttributeKey(key) && !key.includes('.'))) return 'target';
  const type = input.target === 'birth_date' ? 'date' : ((input.type || 'string') as CellType);
  if (!CELL_TYPES.includes(type) || (isOwnerKey(key) && type !== 'string')) return 'type';
  if (isProfile && input.type !== '' && input.type !== (input.target === 'birth_date' ? 'date' : 'string'))
    return 'type';
  const target = isProfile ? { profile: input.target as ProfileTarget } : { attribute: key };
  return { column, target, type, prefix, isRequired: isRequired || input.target === 'external_id' };
}

/** Columns that the mapping names and the file's header lacks. */
export function missingColumns(mapping: readonly ColumnMapping[], header: readonly string[]): string[] {
  const known = new Set(header);
  return mapping.map(({ column }) => column).filter((column) => column !== LINE_COLUMN && !known.has(column));
}
