import { DomainError } from '@tidegate/errors';
import { attributeColumn, type ColumnCatalog } from './columnar-schema';
import { DAY_MS, dayNumberAt, ymdOfDay } from './rule-calendar';
import { PROFILE_FIELDS, type FieldRef, type ProfileField } from './rule-field';
import type { FieldColumns } from './sql-condition';
import { sqlIdentifier } from './sql-literal';

export interface FieldSqlContext {
  catalog: ColumnCatalog;
  nowMs: number;
  utcOffsetMinutes: number;
  /** The name, or alias, of the customers table in the statement. */
  customersAlias: string;
}

const PROFILE_COLUMNS = {
  externalId: 'external_id',
  orgPath: 'org_path',
  stage: 'stage',
  ownerId: 'owner_id',
  balanceMinor: 'balance_minor',
  'rfm.recency': 'rfm_recency',
  'rfm.frequency': 'rfm_frequency',
  'rfm.monetary': 'rfm_monetary',
} as const satisfies Partial<Record<ProfileField, string>>;

function anniversaryOffset(birth: string, year: number, today: string): string {
  const firstOfMonth = `make_date(${year}, (${birth} // 100) % 100, 1)`;
  return `(${firstOfMonth} - DATE '${today}' + ${birth} % 100 - 1)`;
}

function profileSql(name: ProfileField, context: FieldSqlContext): string {
  const column = (columnName: string): string =>
    `${sqlIdentifier(context.customersAlias)}.${sqlIdentifier(columnName)}`;
  const birth = column('birth_ymd');
  const day = dayNumberAt(context.nowMs, context.utcOffsetMinutes);
  const today = ymdOfDay(day);
  switch (name) {
    case 'ageYears':
      return `CASE WHEN ${birth} <= ${today} THEN (${today} - ${birth}) // 10000 END`;
    case 'birthMonth':
      return `((${birth} // 100) % 100)`;
    case 'daysToBirthday': {
      const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
      const year = Math.floor(today / 10_000);
      const thisYear = anniversaryOffset(birth, year, date);
      return `CASE WHEN ${thisYear} >= 0 THEN ${thisYear} ELSE ${anniversaryOffset(birth, year + 1, date)} END`;
    }
    default:
      return column(PROFILE_COLUMNS[name]);
  }
}

/**
 * Where the customers table holds a field.
 * @throws RULE_EVENT_FIELD_IN_SQL for `event.<path>`: a stored customer has no event at hand
 */
export function fieldColumns(ref: FieldRef, field: string, context: FieldSqlContext): FieldColumns {
  if (ref.source === 'event') {
    throw new DomainError({
      code: 'INVALID_ARGUMENT',
      reason: 'RULE_EVENT_FIELD_IN_SQL',
      message: `${field} is known only while an event is handled; a rule over all customers cannot use it.`,
      metadata: { field },
    });
  }
  if (ref.source === 'profile') {
    const sql = profileSql(ref.name, context);
    return (kind) => (kind === PROFILE_FIELDS[ref.name] ? sql : null);
  }
  const { key, source } = ref;
  const attribute: FieldColumns = (kind) => {
    const name = attributeColumn(key, kind);
    return context.catalog.has('customers', name)
      ? `${sqlIdentifier(context.customersAlias)}.${sqlIdentifier(name)}`
      : null;
  };
  if (source === 'attribute') return attribute;
  const moment = attribute('num');
  if (moment === null) return () => null;
  const elapsed = source === 'daysUntil' ? `${moment} - ${context.nowMs}` : `${context.nowMs} - ${moment}`;
  return (kind) => (kind === 'num' ? `floor((${elapsed}) / ${DAY_MS})` : null);
}
