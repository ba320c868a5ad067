import { field } from '../http/field';

export class FormFieldBody {
  @field.text({ max: 64 })
  name!: string;

  @field.text({ max: 1_000 })
  value!: string;
}

/** Something said to or asked of a customer, or a form that was begun with him. */
export class ThreadEntryBody {
  @field.oneOf(['app', 'remote_bank', 'branch', 'merchant', 'phone', 'walk_in'])
  channel!: string;

  @field.oneOf(['note', 'answer', 'form'])
  kind!: string;

  @field.text({ optional: true, max: 2_000, description: 'note: the words.' })
  text?: string;

  @field.text({ optional: true, max: 500, description: 'answer: what was asked.' })
  question?: string;

  @field.text({ optional: true, max: 2_000 })
  answer?: string;

  @field.text({ optional: true, max: 64, description: 'form: which one.' })
  form?: string;

  @field.text({ optional: true, max: 128, description: 'form: what it is gone on with, e.g. the application’s id.' })
  reference?: string;

  @field.parts(() => FormFieldBody, { optional: true, maxCount: 100, description: 'form: what is filled in so far.' })
  fields?: FormFieldBody[];
}

/** The entry as the rpc takes it. */
export const toEntry = ({ fields = [], ...entry }: ThreadEntryBody) => ({
  ...entry,
  fields: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
});
