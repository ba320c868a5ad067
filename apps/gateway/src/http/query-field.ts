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

const DECIMAL = /^-?\d{1,9}(\.\d{1,12})?$/;

/** A number in a query string that may not be left out. */
const decimal = (options: Parameters<typeof field.decimal>[0] = {}): PropertyDecorator =>
  applyDecorators(
    field.decimal(options),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value,
    ),
  );

const FLAGS: Record<string, boolean> = { true: true, false: false };

const flag = (options: Parameters<typeof field.flag>[0] = {}): PropertyDecorator =>
  applyDecorators(
    field.flag({ ...options, optional: true }),
    Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => {
      const value = obj[key];
      return typeof value === 'string' ? (FLAGS[value] ?? value) : value;
    }),
  );

/** Fields of query strings: all but decimals may be left out. */
export const queryField = {
  whole,
  decimal,
  flag,
  text: (options: Parameters<typeof field.text>[0] = {}): PropertyDecorator =>
    field.text({ optional: true, ...options }),
  oneOf: (values: readonly string[], options: Parameters<typeof field.oneOf>[1] = {}): PropertyDecorator =>
    field.oneOf(values, { optional: true, ...options }),
  time: (options: Parameters<typeof field.time>[0] = {}): PropertyDecorator =>
    field.time({ optional: true, ...options }),
};
