import { ageYearsAt, DAY_MS, dayNumberAt, daysToAnniversary, monthOfYmd, ymdOf, ymdOfDay } from './rule-calendar';
import { rfmScore, type RuleCustomer } from './rule-customer';
import type { FieldRef, ProfileField } from './rule-field';

/** The fact that a live rule is asked about, for `event.<path>`. */
export type RuleEventContext = Readonly<Record<string, unknown>>;

/** Reads a field's value; undefined, or a value of no kind, is missing. */
export type FieldReader = (customer: RuleCustomer, nowMs: number, event: RuleEventContext | undefined) => unknown;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads a path of plain objects; what lists and other objects hold is out of a rule's reach. */
export function readPath(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (let i = 0; i < path.length; i++) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = (value as Record<string, unknown>)[path[i] as string];
  }
  return value;
}

function profileReader(name: ProfileField, utcOffsetMinutes: number): FieldReader {
  switch (name) {
    case 'externalId':
      return (customer) => textOf(customer.externalId);
    case 'orgPath':
      return (customer) => textOf(customer.orgPath);
    case 'stage':
      return (customer) => textOf(customer.stage);
    case 'ownerId':
      return (customer) => textOf(customer.ownerId);
    case 'balanceMinor':
      return (customer) => (typeof customer.balanceMinor === 'number' ? customer.balanceMinor : undefined);
    case 'rfm.recency':
      return (customer) => rfmScore(customer.rfm?.recency);
    case 'rfm.frequency':
      return (customer) => rfmScore(customer.rfm?.frequency);
    case 'rfm.monetary':
      return (customer) => rfmScore(customer.rfm?.monetary);
    case 'birthMonth':
      return (customer) => {
        const birth = ymdOf(customer.birthDate);
        return birth === undefined ? undefined : monthOfYmd(birth);
      };
    case 'ageYears':
      return (customer, nowMs) => {
        const birth = ymdOf(customer.birthDate);
        return birth === undefined ? undefined : ageYearsAt(birth, ymdOfDay(dayNumberAt(nowMs, utcOffsetMinutes)));
      };
    case 'daysToBirthday':
      return (customer, nowMs) => {
        const birth = ymdOf(customer.birthDate);
        return birth === undefined ? undefined : daysToAnniversary(birth, dayNumberAt(nowMs, utcOffsetMinutes));
      };
  }
}

/** Compiles the reading of a field. */
export function fieldReader(ref: FieldRef, utcOffsetMinutes: number): FieldReader {
  switch (ref.source) {
    case 'profile':
      return profileReader(ref.name, utcOffsetMinutes);
    case 'event': {
      const { path } = ref;
      return (_customer, _nowMs, event) => readPath(event, path);
    }
    case 'attribute': {
      const { key } = ref;
      return (customer) => customer.attributes[key];
    }
    case 'daysUntil': {
      const { key } = ref;
      return (customer, nowMs) => {
        const moment = customer.attributes[key];
        return typeof moment === 'number' ? Math.floor((moment - nowMs) / DAY_MS) : undefined;
      };
    }
    case 'daysSince': {
      const { key } = ref;
      return (customer, nowMs) => {
        const moment = customer.attributes[key];
        return typeof moment === 'number' ? Math.floor((nowMs - moment) / DAY_MS) : undefined;
      };
    }
  }
}
