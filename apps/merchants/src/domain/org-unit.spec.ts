import { ORG_PATH_PATTERN, orgKindOf, parentPathOf, placeOrgUnit } from './org-unit';

const inTree = { hasParent: true, headOfficePath: 'hq' };

describe('org unit', () => {
  it.each([
    ['hq', 'head_office', undefined],
    ['hq/east', 'branch', 'hq'],
    ['hq/east/shanghai', 'sub_branch', 'hq/east'],
    ['hq/east/shanghai/outlet-01', 'outlet', 'hq/east/shanghai'],
  ])('%s is a %s below %s', (path, kind, parent) => {
    expect(orgKindOf(path)).toBe(kind);
    expect(parentPathOf(path)).toBe(parent);
  });

  it.each(['', '/hq', 'hq/', 'hq//east', 'HQ', 'hq/a b', 'hq/-x', 'hq/a/b/c/d', 'hq/..'])(
    'refuses the path %p',
    (path) => {
      expect(ORG_PATH_PATTERN.test(path)).toBe(false);
    },
  );

  it('derives the kind and accepts one that agrees', () => {
    expect(placeOrgUnit({ orgPath: 'hq/east', name: 'East', kind: '' }, inTree).kind).toBe('branch');
    expect(placeOrgUnit({ orgPath: 'hq/east', name: 'East', kind: 'branch' }, inTree).kind).toBe('branch');
  });

  it.each([
    [{ orgPath: 'hq/east', name: 'x', kind: 'outlet' }, inTree, 'ORG_KIND_MISMATCH'],
    [{ orgPath: 'a/b/c/d/e', name: 'x', kind: '' }, inTree, 'ORG_KIND_MISMATCH'],
    [{ orgPath: 'hq/east', name: 'x', kind: '' }, { ...inTree, hasParent: false }, 'ORG_PARENT_NOT_FOUND'],
    [{ orgPath: 'other', name: 'x', kind: '' }, { ...inTree, hasParent: false }, 'HEAD_OFFICE_EXISTS'],
  ])('refuses %p with %p', (unit, surroundings, reason) => {
    expect(() => placeOrgUnit(unit, surroundings)).toThrow(expect.objectContaining({ reason }));
  });

  it('renames the head office', () => {
    const unit = { orgPath: 'hq', name: 'New name', kind: 'head_office' };
    expect(placeOrgUnit(unit, { hasParent: false, headOfficePath: 'hq' }).name).toBe('New name');
  });
});
