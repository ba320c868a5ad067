/** The three kinds of value, each with a column of its own in the columnar copy. */
export type ValueKind = 'num' | 'str' | 'bool';

/** Known fields of the profile. Days are whole calendar days at the bank's offset; `rfm.*` are quintiles 1 to 5. */
export const PROFILE_FIELDS = {
  externalId: 'str',
  orgPath: 'str',
  stage: 'str',
  ownerId: 'str',
  ageYears: 'num',
  birthMonth: 'num',
  /** 0 on the day; one born on 29 February has it on 1 March in a common year. */
  daysToBirthday: 'num',
  balanceMinor: 'num',
  'rfm.recency': 'num',
  'rfm.frequency': 'num',
  'rfm.monetary': 'num',
} as const satisfies Record<string, ValueKind>;
export type ProfileField = keyof typeof PROFILE_FIELDS;

/**
 * A field of a rule: `attributes.<key>`; `daysUntil.<key>` and `daysSince.<key>`, the whole periods of 24 hours from or to now of
 * an attribute that holds a moment in epoch milliseconds (rounded down); `event.<path>`, in a predicate only; or a profile field.
 */
export type FieldRef =
  | { source: 'attribute' | 'daysUntil' | 'daysSince'; key: string }
  | { source: 'event'; path: readonly string[] }
  | { source: 'profile'; name: ProfileField };

const ATTRIBUTE_KEY = /^[\p{L}_][\p{L}\p{N}_.-]{0,63}$/u;
const PATH_SEGMENT = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;
const PATH_SEGMENTS_MAX = 5;
// Reads as Object.prototype on a plain object, so it can never be a key of ours.
const RESERVED = '__proto__';

/** Whether a rule can name this attribute; other keys are never copied to columns. */
export const isAttributeKey = (key: string): boolean => key !== RESERVED && ATTRIBUTE_KEY.test(key);

/** The steps of a dotted path into an event's data, or null when it is none. */
export function parseEventPath(path: string): readonly string[] | null {
  const steps = path.split('.');
  const isValid =
    steps.length <= PATH_SEGMENTS_MAX && steps.every((step) => step !== RESERVED && PATH_SEGMENT.test(step));
  return isValid ? steps : null;
}

/** The field that a name stands for, or null when there is none. */
export function parseField(field: string): FieldRef | null {
  if (Object.hasOwn(PROFILE_FIELDS, field)) return { source: 'profile', name: field as ProfileField };
  const dot = field.indexOf('.');
  if (dot < 0) return null;
  const prefix = field.slice(0, dot);
  const rest = field.slice(dot + 1);
  switch (prefix) {
    case 'attributes':
      return isAttributeKey(rest) ? { source: 'attribute', key: rest } : null;
    case 'daysUntil':
    case 'daysSince':
      return isAttributeKey(rest) ? { source: prefix, key: rest } : null;
    case 'event': {
      const path = parseEventPath(rest);
      return path && { source: 'event', path };
    }
    default:
      return null;
  }
}

/** The only kind the field's values can be, or null when they may be of any. */
export function kindOfField(ref: FieldRef): ValueKind | null {
  if (ref.source === 'profile') return PROFILE_FIELDS[ref.name];
  return ref.source === 'daysUntil' || ref.source === 'daysSince' ? 'num' : null;
}
