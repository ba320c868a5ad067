const OFFSET = /^GMT(?:([+-])(\d{2}):(\d{2}))?/;

/**
 * Minutes that a zone's clocks are ahead of UTC at a moment: the bank's calendar, for ages and birthdays in rules.
 * @throws RangeError when there is no such zone
 */
export function utcOffsetMinutes(timeZone: string, moment: Date): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = OFFSET.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
