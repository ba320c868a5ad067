import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { invalid } from '@tidegate/errors';

const ID_LENGTH_MAX = 128;

/** A name in a path: 1 to 128 characters, none of them a control character. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string, { data = 'id' }: ArgumentMetadata): string {
    if (value.length >= 1 && value.length <= ID_LENGTH_MAX && !/\p{Cc}/u.test(value)) return value;
    throw invalid([{ field: data, description: `must have 1 to ${ID_LENGTH_MAX} characters, none of control` }]);
  }
}
