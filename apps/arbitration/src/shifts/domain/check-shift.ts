import { invalid } from '@tidegate/errors';
import type { MinuteSpan, Shift } from './shift';

type Violation = Parameters<typeof invalid>[0][number];

/** What one field alone does not show. @throws VALIDATION_FAILED */
export function checkShift(shift: Shift): void {
  const { hours, breaks, exceptions, unitsPerHour, minutesPerContact, firstDay, lastDay } = shift;
  const violations: Violation[] = [];
  const require = (isRight: boolean, field: string, description: string): void => {
    if (!isRight) violations.push({ field: `shift.${field}`, description });
  };
  require(isForward(hours), 'hours', 'ends after it begins');
  exceptions.forEach(({ hours: other }, index) =>
    require(other === null || isForward(other), `exceptions[${index}].hours`, 'ends after it begins'),
  );
  breaks.forEach((pause, index) => {
    require(isForward(pause), `breaks[${index}]`, 'ends after it begins');
    const before = breaks.slice(0, index);
    require(!before.some((other) => overlap(other, pause)), `breaks[${index}]`, 'does not overlap another break');
  });
  require(unitsPerHour > 0 !== minutesPerContact > 0, 'unitsPerHour', 'either this or minutesPerContact is set');
  require(lastDay === '' || lastDay >= firstDay, 'lastDay', 'is not before the first day');
  if (violations.length > 0) throw invalid(violations);
}

const isForward = ({ fromMinute, toMinute }: MinuteSpan): boolean => fromMinute < toMinute;

const overlap = (left: MinuteSpan, right: MinuteSpan): boolean =>
  left.fromMinute < right.toMinute && right.fromMinute < left.toMinute;
