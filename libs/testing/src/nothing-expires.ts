import { Schema, type IndexDefinition, type IndexOptions } from 'mongoose';

// Tests have a clock of their own, often long past by the database's: what that deletes by itself would be gone within a minute.
const { index } = Schema.prototype;

Schema.prototype.index = function indexForEver(
  this: Schema,
  fields: IndexDefinition,
  { expireAfterSeconds: _never, ...options }: IndexOptions = {},
) {
  return index.call(this, fields, options);
};
