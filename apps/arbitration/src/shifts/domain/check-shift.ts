import { invalid } from '@tidegate/errors';
import { DAY_MINUTES, isOvernight, throughMidnight, type MinuteSpan, type Shift } from './shift';

type Violation = Parameters<typeof invalid>[0][number];

/** What one field alone does not show. @throws VALIDATION_FAILED */
export function checkShift(shift: Shift): void {
  const { hours, breaks, exceptions, unitsPerHour, minutesPerContact, firstDay, lastDay } = shift;
  const violations: Violation[] = [];
  const require = (isRight: boolean, field: string, description: string): void => {
    if (!isRight) violations.push({ field: `shift.${field}`, description });
  };
  require(isLasting(hours), 'hours', 'ends after it begins, or on the next day');
  const mayPassMidnight = [hours, ...exceptions.map((one) => one.hours)].some(
    (span) => span !== null && isOvernight(span),
  );
  exceptions.forEach(({ hours: other }, index) =>
    require(other === null ||
      isLasting(other), `exceptions[${index}].hours`, 'ends after it begins, or on the next day'),
  );
  breaks.forEach((pause, index) => {
    const isBreak = isLasting(pause) && (mayPassMidnight || !isOvernight(pause));
    require(isBreak, `breaks[${index}]`, 'ends after it begins; on the next day where the shift does');
    const before = breaks.slice(0, index);
    require(!before.some((other) => overlap(other, pause)), `breaks[${index}]`, 'does not overlap another break');
  });
  require(unitsPerHour > 0 !== minutesPerContact > 0, 'unitsPerHour', 'either this or minutesPerContact is set');
  require(lastDay === '' || lastDay >= firstDay, 'lastDay', 'is not before the first day');
  if (violations.length > 0) throw invalid(violations);
}

const isLasting = ({ fromMinute, toMinute }: MinuteSpan): boolean => fromMinute !== toMinute;

/** By the clock: one that passes midnight meets what is early on a day too. */
function overlap(left: MinuteSpan, right: MinuteSpan): boolean {
  const [one, other] = [throughMidnight(left), throughMidnight(right)];
  return [-DAY_MINUTES, 0, DAY_MINUTES].some(
    (later) => one.fromMinute < other.toMinute + later && other.fromMinute + later < one.toMinute,
  );
}
