import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { field } from './field';

const INTEGER = /^-?\d{1,15}$/;

/** A whole number in a query string; anything else stays text and fails its rule. */
const whole = (options: Parameters<typeof field.whole>[0] = {}): PropertyDecorator =>
  applyDecorators(
    field.whole({ ...options, optional: true }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && INTEGER.test(value) ? Number(value) : value,
    ),
  );

/** Fields of query strings: all may be left out. */
export const queryField = {
  whole,
  text: (options: Parameters<typeof field.text>[0] = {}): PropertyDecorator =>
    field.text({ optional: true, ...options }),
  oneOf: (values: readonly string[], options: Parameters<typeof field.oneOf>[1] = {}): PropertyDecorator =>
    field.oneOf(values, { optional: true, ...options }),
  time: (options: Parameters<typeof field.time>[0] = {}): PropertyDecorator =>
    field.time({ optional: true, ...options }),
};
