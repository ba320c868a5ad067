import { invalid, type FieldViolation } from '@tidegate/errors';
import { validateSync, type ValidationError } from 'class-validator';
import { acceptorOf } from './acceptor';
import { instanceOf } from './instance-maker';

/**
 * An instance of an input class made from a request, checked by its class-validator rules.
 * @throws VALIDATION_FAILED with one violation per broken rule, by path
 */
export function validated<T extends object>(type: new () => T, request: object): T {
  const instance = instanceOf(type, request);
  if (acceptorOf(type)?.(instance)) return instance;
  const errors = validateSync(instance, { forbidUnknownValues: true, whitelist: true });
  if (errors.length > 0) throw invalid(toViolations(errors));
  return instance;
}

/** Flattens nested class-validator errors to paths such as `stock.costShares.0.basisPoints`. */
export function toViolations(errors: ValidationError[], parent = ''): FieldViolation[] {
  return errors.flatMap((error) => {
    const field = parent ? `${parent}.${error.property}` : error.property;
    const own = Object.values(error.constraints ?? {}).map((description) => ({ field, description }));
    return [...own, ...toViolations(error.children ?? [], field)];
  });
}
