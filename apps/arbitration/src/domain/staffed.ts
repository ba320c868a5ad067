import type { ContactPolicy } from './contact-policy';
import type { CustomerFacts } from './customer-state';
import { localDate } from './local-time';

/** The newest birth date of an elder 老年客户 on the day, `YYYY-MM-DD`; null when the policy has no rule for elders. */
export function elderBornUntil(policy: Pick<ContactPolicy, 'elderAgeYears' | 'timeZone'>, now: Date): string | null {
  if (policy.elderAgeYears === 0) return null;
  const today = localDate(policy.timeZone, now);
  return `${String(Number(today.slice(0, 4)) - policy.elderAgeYears).padStart(4, '0')}${today.slice(4)}`;
}

/** A customer of whom no birth date is known is no elder. */
export const isElder = ({ birthDate }: Pick<CustomerFacts, 'birthDate'>, bornUntil: string | null): boolean =>
  bornUntil !== null && birthDate !== null && birthDate <= bornUntil;

/** Whether the customer asked to be served by people 人工服务: the policy's tag is held and valid. */
export const wantsPeople = ({ tags }: Pick<CustomerFacts, 'tags'>, staffedTag: string, now: Date): boolean =>
  staffedTag !== '' &&
  tags.some(({ tag, validUntil }) => tag === staffedTag && (validUntil === null || validUntil > now));
