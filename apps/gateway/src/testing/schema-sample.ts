/** The part of a JSON schema that the gateway's documents use. */
export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  type?: string;
  format?: string;
  enum?: unknown[];
  example?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
}

export type Schemas = Record<string, Schema>;

const NUMBER_FIRST = 11;

/**
 * Makes values that fit a schema, each leaf another one where the schema allows, so that a value which ends up in the
 * wrong field is noticed. Timestamps are Dates.
 */
export class SchemaSample {
  private next = NUMBER_FIRST;

  constructor(private readonly schemas: Schemas) {}

  of(schema: Schema, name = 'value'): unknown {
    const { $ref, allOf, oneOf } = schema;
    if ($ref) return this.of(this.resolve($ref), name);
    if (allOf?.[0]) return this.of(allOf[0], name);
    if (oneOf?.[0]) return this.of(oneOf[0], name);
    if (schema.enum) return schema.enum[0];
    if (schema.example !== undefined) return schema.example;
    switch (schema.type) {
      case 'object':
        return this.object(schema);
      case 'array':
        return [this.of(schema.items ?? {}, name)];
      case 'integer':
      case 'number':
        return this.number(schema);
      case 'boolean':
        return true;
      default:
        return this.text(schema, name);
    }
  }

  resolve($ref: string): Schema {
    const schema = this.schemas[$ref.split('/').at(-1) ?? ''];
    if (!schema) throw new Error(`${$ref} is not in the document`);
    return schema;
  }

  private object({ properties, additionalProperties }: Schema): unknown {
    if (properties) {
      return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, this.of(value, key)]));
    }
    if (typeof additionalProperties === 'object') return { someReason: this.of(additionalProperties) };
    return additionalProperties ? { free: 'json', count: this.number({}), list: [true, null] } : {};
  }

  private number({ minimum = 1, maximum = Number.MAX_SAFE_INTEGER }: Schema): number {
    this.next += 1;
    return Math.min(maximum, Math.max(minimum, this.next));
  }

  private text({ format, minLength = 0, maxLength = 200 }: Schema, name: string): unknown {
    this.next += 1;
    if (format === 'date-time') return new Date(Date.UTC(2026, 2, 1) + this.next * 1_000);
    return `${name}-${this.next}`.padEnd(minLength, '.').slice(0, maxLength);
  }
}

/** What a value looks like, without what it is. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shapeOf(child)]));
}

/** Every leaf of a value as `name=value`. */
export function leavesOf(value: unknown, name = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, name));
  if (typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value)) {
    return Object.entries(value).flatMap(([key, child]) => leavesOf(child, key));
  }
  return value === undefined ? [] : [`${name}=${JSON.stringify(value)}`];
}
