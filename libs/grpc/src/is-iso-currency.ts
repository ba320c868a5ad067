import { applyDecorators } from '@nestjs/common';
import { IsISO4217CurrencyCode, IsNotIn, Matches, ValidateIf } from 'class-validator';

/** Metals, units of account and test codes: they have no minor unit, and no account is held in them. Source: ISO 4217, list one. */
const WITHOUT_MINOR_UNIT = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' ');

/** A currency of ISO 4217 that can be paid in, in capitals; or one of `besides`, such as the empty text or points. */
export const IsIsoCurrency = (...besides: string[]): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_object, value) => !besides.includes(value as string)),
    Matches(/^[A-Z]{3}$/),
    IsISO4217CurrencyCode(),
    IsNotIn(WITHOUT_MINOR_UNIT),
  );
