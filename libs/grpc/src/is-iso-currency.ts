import { applyDecorators } from '@nestjs/common';
import { IsISO4217CurrencyCode, Matches, ValidateIf } from 'class-validator';

/** A currency of ISO 4217 in capitals, as the ledger posts it; or one of `besides`, such as the empty text or points. */
export const IsIsoCurrency = (...besides: string[]): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_object, value) => !besides.includes(value as string)),
    Matches(/^[A-Z]{3}$/),
    IsISO4217CurrencyCode(),
  );
