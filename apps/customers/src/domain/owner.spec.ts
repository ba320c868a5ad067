import { withOwner } from './owner';

// Goal: a customer has the owner who was assigned last, whole, and keeps everything else that is known of him.

it('replaces person and team together, and leaves neither where nobody is named', () => {
  const before = { ownerId: 'rm-1', teamId: 'north', balance: 5 };
  expect(withOwner(before, { ownerId: 'rm-2', teamId: '' })).toEqual({ ownerId: 'rm-2', balance: 5 });
  expect(withOwner(before, { ownerId: '', teamId: 'south' })).toEqual({ teamId: 'south', balance: 5 });
  expect(withOwner(before, { ownerId: '', teamId: '' })).toEqual({ balance: 5 });
});
