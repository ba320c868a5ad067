import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { LargePageQuery, PageQuery } from './page.query';

class OwnQuery extends LargePageQuery {}

const faultsOf = (type: new () => object, pageSize: number): number =>
  validateSync(plainToInstance(type, { pageSize })).length;

it('bounds a page by its kind of list, also in queries made from it', () => {
  expect([200, 201].map((size) => faultsOf(PageQuery, size))).toEqual([0, 1]);
  expect([1_000, 1_001].map((size) => faultsOf(LargePageQuery, size))).toEqual([0, 1]);
  expect([1_000, 1_001].map((size) => faultsOf(OwnQuery, size))).toEqual([0, 1]);
});
