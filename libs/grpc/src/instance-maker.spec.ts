import { Expose, plainToInstance, Transform, Type } from 'class-transformer';
import { IsDate, IsInt, IsObject, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
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

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Nested)
  parts?: Nested[];
}
class Cat extends Inner {}
class Chosen {
  @ValidateNested()
  @Type(() => Inner, {
    discriminator: { property: 'kind', subTypes: [{ name: 'cat', value: Cat }] },
    keepDiscriminatorProperty: true,
  })
  inner!: Inner;
}
class Timed {
  @IsDate()
  @Type(() => Date)
  at!: Date;
}
class Mapped {
  @ValidateNested({ each: true })
  @Type(() => Inner)
  inners!: Map<string, Inner>;
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

it('agrees with class-transformer about every nested input', () => {
  const text = fc.record({ text: fc.oneof(fc.string(), fc.integer()) }, { requiredKeys: [], noNullPrototype: true });
  const odd = fc.constantFrom(null, undefined, 'a', 7, new Date(0), [], ['a'], [null], [[{ text: 'a' }]], new Inner());
  const { tree } = fc.letrec<{ tree: object }>((tie) => ({
    tree: fc.record(
      {
        inner: fc.oneof({ weight: 3, arbitrary: text }, odd, fc.array(text, { maxLength: 2 })),
        parts: fc.oneof({ depthSize: 'small' }, odd, fc.array(tie('tree'), { maxLength: 3 })),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  }));
  let deepCount = 0;
  fc.assert(
    fc.property(tree, (plain) => {
      const made = instanceOf(Nested, plain);
      expect(made).toStrictEqual(plainToInstance(Nested, plain));
      if (made.inner instanceof Inner && made.parts?.[0]?.inner instanceof Inner) deepCount += 1;
    }),
    { numRuns: 500 },
  );
  expect(deepCount).toBeGreaterThan(5);
});

it('takes over only what has a rule, in nested ones too', () => {
  const made = instanceOf(Nested, { inner: { text: 'a', unknown: 1 }, parts: [{ inner: { text: 'b', unknown: 1 } }] });
  expect(JSON.parse(JSON.stringify(made))).toEqual({ inner: { text: 'a' }, parts: [{ inner: { text: 'b' } }] });
});

it('leaves what needs a conversion to class-transformer', () => {
  expect(instanceOf(Chosen, { inner: { text: 'a', kind: 'cat' } }).inner).toBeInstanceOf(Cat);
  expect(instanceOf(Timed, { at: '2026-03-02' }).at).toEqual(new Date('2026-03-02'));
  expect(instanceOf(Mapped, { inners: { one: { text: 'a' } } }).inners).toEqual(new Map([['one', { text: 'a' }]]));
  expect(instanceOf(Transformed, { text: ' a ' }).text).toBe('a');
  expect(instanceOf(Renamed, { other: 'a' }).text).toBe('a');
});
