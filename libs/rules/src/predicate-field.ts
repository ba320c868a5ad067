import { ageYearsAt, DAY_MS, dayNumberAt, daysToAnniversary, monthOfYmd, ymdOf, ymdOfDay } from './rule-calendar';
import { rfmScore, type RuleCustomer } from './rule-customer';
import type { FieldRef, ProfileField } from './rule-field';

/** The fact that a live rule is asked about, for `event.<path>`. */
export type RuleEventContext = Readonly<Record<string, unknown>>;

/** Whole milliseconds, or a date of such: only the few conditions that look at the time pay for telling which. */
export type RuleMoment = Date | number;

export const msOf = (now: RuleMoment): number => (typeof now === 'number' ? now : now.getTime());

/** Reads a field's value; undefined, or a value of no kind, is missing. */
export type FieldReader = (customer: RuleCustomer, now: RuleMoment, event: RuleEventContext | undefined) => unknown;

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
      return (customer, now) => {
        const birth = ymdOf(customer.birthDate);
        return birth === undefined ? undefined : ageYearsAt(birth, ymdOfDay(dayNumberAt(msOf(now), utcOffsetMinutes)));
      };
    case 'daysToBirthday':
      return (customer, now) => {
        const birth = ymdOf(customer.birthDate);
        return birth === undefined ? undefined : daysToAnniversary(birth, dayNumberAt(msOf(now), utcOffsetMinutes));
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
      return (_customer, _now, event) => readPath(event, path);
    }
    case 'attribute': {
      const { key } = ref;
      return (customer) => customer.attributes[key];
    }
    case 'daysUntil': {
      const { key } = ref;
      return (customer, now) => {
        const moment = customer.attributes[key];
        return typeof moment === 'number' ? Math.floor((moment - msOf(now)) / DAY_MS) : undefined;
      };
    }
    case 'daysSince': {
      const { key } = ref;
      return (customer, now) => {
        const moment = customer.attributes[key];
        return typeof moment === 'number' ? Math.floor((msOf(now) - moment) / DAY_MS) : undefined;
      };
    }
  }
}
