const KEPT_START = 3;
const KEPT_END = 4;
const PHONE_MASK = '****';

/** A phone number for eyes that may not see it: 13812341234 → 138****1234. Short ones show nothing. */
export function maskPhone(phone: string): string {
  if (phone === '') return '';
  if (phone.length < KEPT_START + KEPT_END + 2) return '*'.repeat(phone.length);
  return `${phone.slice(0, KEPT_START)}${PHONE_MASK}${phone.slice(-KEPT_END)}`;
}

/** A name for eyes that may not see it: its first character only, e.g. 张**. */
export function maskName(name: string): string {
  const [first] = name;
  return first === undefined ? '' : `${first}**`;
}
