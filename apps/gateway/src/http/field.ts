import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { lazily, type Lazy } from './shown';
import { parseTimestamp } from './timestamp';

export const INT32_MAX = 2_147_483_647;
const TEXT_LENGTH_MAX = 256;
const LIST_LENGTH_MAX = 1_000;

interface FieldOptions {
  description?: string;
  /** May be left out; null is not the same as left out. */
  optional?: boolean;
  example?: unknown;
}

interface TextOptions extends FieldOptions {
  min?: number;
  max?: number;
  /** Give an example with it. */
  pattern?: RegExp;
}

interface NumberOptions extends FieldOptions {
  min?: number;
  max?: number;
}

interface ListOptions extends FieldOptions {
  minCount?: number;
  maxCount?: number;
}

const documented = (schema: object, options: FieldOptions, rules: PropertyDecorator[]): PropertyDecorator => {
  const { description, example, optional = false } = options;
  const property = {
    ...schema,
    required: !optional,
    ...(description !== undefined && { description }),
    ...(example !== undefined && { example }),
  };
  // Not IsOptional, which also lets null pass: no message has a place for null.
  const presence = optional ? [ValidateIf((_object, value) => value !== undefined)] : [];
  return applyDecorators(ApiProperty(property as ApiPropertyOptions), ...presence, ...rules);
};

function text(options: TextOptions = {}): PropertyDecorator {
  const { min = options.optional ? 0 : 1, max = TEXT_LENGTH_MAX, pattern } = options;
  return documented(
    { type: String, minLength: min, maxLength: max, ...(pattern && { pattern: pattern.source }) },
    options,
    [IsString(), Length(min, max), ...(pattern ? [Matches(pattern)] : [])],
  );
}

function oneOf(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return documented({ type: String, enum: [...values] }, options, [IsIn([...values])]);
}

function texts(options: ListOptions & { max?: number } = {}): PropertyDecorator {
  const { minCount = 0, maxCount = LIST_LENGTH_MAX, max = TEXT_LENGTH_MAX } = options;
  return documented(
    { type: 'array', items: { type: 'string', minLength: 1, maxLength: max }, minItems: minCount, maxItems: maxCount },
    options,
    [
      IsArray(),
      ArrayMinSize(minCount),
      ArrayMaxSize(maxCount),
      IsString({ each: true }),
      Length(1, max, { each: true }),
    ],
  );
}

function whole(options: NumberOptions = {}): PropertyDecorator {
  const { min = 0, max = INT32_MAX } = options;
  return documented({ type: 'integer', minimum: min, maximum: max }, options, [IsInt(), Min(min), Max(max)]);
}

function decimal(options: NumberOptions = {}): PropertyDecorator {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
  return documented({ type: 'number', minimum: min, maximum: max }, options, [
    IsNumber({ allowNaN: false, allowInfinity: false }),
    Min(min),
    Max(max),
  ]);
}

const flag = (options: FieldOptions = {}): PropertyDecorator => documented({ type: Boolean }, options, [IsBoolean()]);

const time = (options: FieldOptions = {}): PropertyDecorator =>
  documented({ type: 'string', format: 'date-time' }, options, [
    Transform(({ value }: { value: unknown }) => parseTimestamp(value) ?? value),
    IsDate({ message: '$property must be an RFC 3339 timestamp' }),
  ]);

/** Free JSON; its depth, numbers and keys were checked when the body was read. */
const json = (options: FieldOptions = {}): PropertyDecorator =>
  documented({ type: 'object', additionalProperties: true }, options, [
    // As it came: class-transformer would drop keys such as toString.
    Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key]),
    IsObject(),
  ]);

const part = (type: Lazy, options: FieldOptions = {}): PropertyDecorator =>
  documented(lazily(type), options, [IsObject(), ValidateNested(), Type(type)]);

function parts(type: Lazy, options: ListOptions = {}): PropertyDecorator {
  const { minCount = 0, maxCount = LIST_LENGTH_MAX } = options;
  return documented({ ...lazily(type), isArray: true, minItems: minCount, maxItems: maxCount }, options, [
    IsArray(),
    ArrayMinSize(minCount),
    ArrayMaxSize(maxCount),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(type),
  ]);
}

function wholes(options: ListOptions & { min?: number; max?: number } = {}): PropertyDecorator {
  const { minCount = 0, maxCount = LIST_LENGTH_MAX, min = 0, max = INT32_MAX } = options;
  const items = { type: 'integer', minimum: min, maximum: max };
  return documented({ type: 'array', items, minItems: minCount, maxItems: maxCount }, options, [
    IsArray(),
    ArrayMinSize(minCount),
    ArrayMaxSize(maxCount),
    IsInt({ each: true }),
    Min(min, { each: true }),
    Max(max, { each: true }),
  ]);
}

/** One field of a request: how it is checked and how it is documented, said once. */
export const field = { text, oneOf, texts, whole, wholes, decimal, flag, time, json, part, parts };
