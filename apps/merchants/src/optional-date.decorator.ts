import { applyDecorators } from '@nestjs/common';
import { IsISO8601, Matches, ValidateIf } from 'class-validator';

/** An ISO date that exists, or empty. */
export const IsOptionalDate = (): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_object, value) => value !== ''),
    Matches(/^\d{4}-\d{2}-\d{2}$/),
    IsISO8601({ strict: true }),
  );
