import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
  validateSync,
} from 'class-validator';
import fc from 'fast-check';
import { acceptorOf } from './acceptor';
import { validated } from './validated';

// Goal: what is accepted at once is exactly what class-validator accepts, with the same fields left.

class BaseInput {
  @Length(1, 4)
  requestId!: string;
}
class Input extends BaseInput {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3)
  count?: number;

  @ValidateIf((input: Input) => input.requestId !== 'none')
  @IsIn(['a', 'b'])
  kind!: string;

  @IsString({ each: true })
  tags!: string[];
}
class NestedInput {
  @IsOptional()
  @ValidateNested()
  @Type(() => Input)
  inner?: Input;

  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => BaseInput)
  lines!: BaseInput[];

  @IsOptional()
  @ValidateNested()
  untyped?: BaseInput;
}

const aValue = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'none', 'too long', 0, 1, 2, 3, 4, 1.5, null, undefined),
  fc.array(fc.constantFrom('a', 1, null), { maxLength: 3 }),
);
const anInput = fc.record(
  { requestId: aValue, count: aValue, kind: aValue, tags: aValue, unknown: aValue },
  { requiredKeys: [] },
);

const aGoodInput = fc.record({
  requestId: fc.constantFrom('a', 'none'),
  kind: fc.constant('a'),
  tags: fc.constant([]),
});
const aNestedInput = fc.record(
  {
    inner: fc.oneof(anInput, aGoodInput, fc.constantFrom(null, undefined, 'text')),
    lines: fc.oneof(fc.array(fc.oneof(aGoodInput, fc.constantFrom({}, null, 1)), { maxLength: 3 }), aGoodInput, aValue),
    untyped: fc.option(aGoodInput, { nil: undefined, freq: 3 }),
    unknown: aValue,
  },
  { requiredKeys: [] },
);

it.each([
  ['flat', Input, anInput],
  ['nested', NestedInput, aNestedInput],
])('agrees with class-validator about every %s input', (_, type: new () => object, inputs: fc.Arbitrary<object>) => {
  const accepts = acceptorOf(type)!;
  let accepted = 0;
  fc.assert(
    fc.property(inputs, (plain) => {
      const [fast, slow] = [plainToInstance(type, plain), plainToInstance(type, plain)];
      const isRight = validateSync(slow, { forbidUnknownValues: true, whitelist: true }).length === 0;
      expect(accepts(fast)).toBe(isRight);
      if (isRight) expect(fast).toEqual(slow);
      accepted += Number(isRight);
    }),
    { numRuns: 5_000, seed: 7 },
  );
  expect(accepted).toBeGreaterThan(10);
});

it('tells what is wrong with a nested object by its path', () => {
  const request = { inner: { requestId: 'a', kind: 'a', tags: [] }, lines: [{ requestId: 'b' }, { requestId: '' }] };
  const details = [expect.objectContaining({ field: 'lines.1.requestId' })];
  expect(() => validated(NestedInput, request)).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
  expect(() => validated(NestedInput, request)).toThrow(expect.objectContaining({ violations: details }));
});

it('refuses a class without rules', () => {
  class Nothing {}
  expect(() => validated(Nothing, {})).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
});
