import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { toViolations } from '@tidegate/grpc';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

type InputClass = new () => object;

const isInputClass = (type: unknown): type is InputClass =>
  typeof type === 'function' && ![String, Number, Boolean, Array, Object, Buffer].includes(type as never);

/**
 * Bodies and queries as checked instances of their classes; a field the class does not name is refused.
 * @throws VALIDATION_FAILED with a violation per broken rule, by path
 */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || !isInputClass(metatype)) return value;
    // No body at all is the empty object; a body of null is not.
    const instance = plainToInstance(metatype, asObject(value === undefined ? {} : value));
    const errors = validateSync(instance, {
      whitelist: true,
      forbidNonWhitelisted: true,
      // A command without fields has a class without rules.
      forbidUnknownValues: false,
    });
    if (errors.length > 0) throw invalid(toViolations(errors));
    return instance;
  }
}

function asObject(value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw invalid([{ field: '', description: 'must be a JSON object' }]);
}
