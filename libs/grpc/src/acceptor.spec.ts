import { plainToInstance } from 'class-transformer';
import {
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
  @ValidateNested()
  inner!: Input;
}

const aValue = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'none', 'too long', 0, 1, 2, 3, 4, 1.5, null, undefined),
  fc.array(fc.constantFrom('a', 1, null), { maxLength: 3 }),
);
const anInput = fc.record(
  { requestId: aValue, count: aValue, kind: aValue, tags: aValue, unknown: aValue },
  { requiredKeys: [] },
);

it('agrees with class-validator about every input', () => {
  const accepts = acceptorOf(Input)!;
  let accepted = 0;
  fc.assert(
    fc.property(anInput, (plain) => {
      const [fast, slow] = [plainToInstance(Input, plain), plainToInstance(Input, plain)];
      const isRight = validateSync(slow, { forbidUnknownValues: true, whitelist: true }).length === 0;
      expect(accepts(fast)).toBe(isRight);
      if (isRight) expect(fast).toEqual(slow);
      accepted += Number(isRight);
    }),
    { numRuns: 5_000, seed: 7 },
  );
  expect(accepted).toBeGreaterThan(10);
});

it('leaves nested rules to class-validator', () => {
  expect(acceptorOf(NestedInput)).toBeUndefined();
  expect(() => validated(NestedInput, { inner: plainToInstance(Input, { requestId: '' }) })).toThrow(
    expect.objectContaining({ reason: 'VALIDATION_FAILED' }),
  );
});

it('refuses a class without rules', () => {
  class Nothing {}
  expect(() => validated(Nothing, {})).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
});
