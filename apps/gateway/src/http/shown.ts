import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

type Documented = (description?: string) => PropertyDecorator;

const property = (schema: object, description?: string): PropertyDecorator =>
  ApiProperty({ ...schema, ...(description !== undefined && { description }) } as ApiPropertyOptions);

const plain =
  (schema: object): Documented =>
  (description) =>
    property(schema, description);

/** A class that may be declared further down. */
export type Lazy = () => new () => object;

// The library knows a function that gives the class by its name, which must be `type`.
export const lazily = (of: Lazy) => ({ type: () => of() });

/** How a field of an answer is documented. A field that the contract may leave unset is not required. */
export const shown = {
  text: plain({ type: String }),
  texts: plain({ type: String, isArray: true }),
  /** A whole number inside JavaScript's safe range; amounts are minor units of their currency. */
  whole: plain({ type: 'integer', format: 'int64' }),
  wholes: plain({ type: 'integer', format: 'int64', isArray: true }),
  /** A whole number that may be unset. */
  optionalWhole: plain({ type: 'integer', format: 'int64', required: false }),
  decimal: plain({ type: 'number', format: 'double' }),
  flag: plain({ type: Boolean }),
  /** RFC 3339. */
  time: plain({ type: 'string', format: 'date-time', required: false }),
  json: plain({ type: 'object', additionalProperties: true, required: false }),
  textsByName: plain({ type: 'object', additionalProperties: { type: 'string' } }),
  counts: plain({ type: 'object', additionalProperties: { type: 'integer', format: 'int64' } }),
  part: (type: Lazy, description?: string): PropertyDecorator =>
    property({ ...lazily(type), required: false }, description),
  parts: (type: Lazy, description?: string): PropertyDecorator =>
    property({ ...lazily(type), isArray: true }, description),
};
