import { Expose, plainToInstance, Transform, Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import { instanceOf } from './instance-maker';

// Goal: what is taken over at once is what class-transformer takes over, but for fields without a rule, which nobody keeps.

class Flat {
  @Length(1, 4)
  name!: string;

  @IsOptional()
  @IsInt()
  count?: number = 7;

  @IsOptional()
  @IsObject()
  context?: object;
}
class Inner {
  @IsString()
  text!: string;
}
class Nested {
  @ValidateNested()
  @Type(() => Inner)
  inner!: Inner;
}
class Transformed {
  @IsString()
  @Transform(({ value }: { value: string }) => value.trim())
  text!: string;
}
class Renamed {
  @IsString()
  @Expose({ name: 'other' })
  text!: string;
}

it('agrees with class-transformer about every flat input', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.constantFrom(null, undefined), fc.array(fc.string()));
  const input = fc.record(
    {
      name: value,
      count: value,
      context: fc.dictionary(fc.stringMatching(/^[a-z]{3}$/), fc.string(), { noNullPrototype: true }),
      constructor: value,
      unknown: value,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(input, (plain) => {
      const made = instanceOf(Flat, plain);
      const expected = plainToInstance(Flat, plain) as unknown as Record<string, unknown>;
      delete expected.unknown;
      expect(made).toBeInstanceOf(Flat);
      expect(made).toStrictEqual(expected);
    }),
  );
});

it('never takes a prototype over', () => {
  const plain = JSON.parse('{"name":"a","__proto__":{"count":1}}') as object;
  expect(instanceOf(Flat, plain)).toStrictEqual(Object.assign(new Flat(), { name: 'a' }));
});

it('leaves what needs a conversion to class-transformer', () => {
  expect(instanceOf(Nested, { inner: { text: 'a' } }).inner).toBeInstanceOf(Inner);
  expect(instanceOf(Transformed, { text: ' a ' }).text).toBe('a');
  expect(instanceOf(Renamed, { other: 'a' }).text).toBe('a');
});
