import { refused } from '@tidegate/errors';

/** Levels of a bank's organisation, top first; a unit's level is the depth of its path. */
export const ORG_KINDS = ['head_office', 'branch', 'sub_branch', 'outlet'] as const;
export type OrgKind = (typeof ORG_KINDS)[number];

export interface OrgUnit {
  /** e.g. hq/east/shanghai/outlet-01. */
  orgPath: string;
  name: string;
  kind: OrgKind;
}

/** One to four parts of lower-case letters, digits and hyphens. */
export const ORG_PATH_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}(\/[a-z0-9][a-z0-9-]{0,62}){0,3}$/;

/** The path of the unit above; undefined for the head office. */
export function parentPathOf(orgPath: string): string | undefined {
  const cut = orgPath.lastIndexOf('/');
  return cut === -1 ? undefined : orgPath.slice(0, cut);
}

/** @throws ORG_KIND_MISMATCH when the path is deeper than an outlet. */
export function orgKindOf(orgPath: string): OrgKind {
  const kind = ORG_KINDS[orgPath.split('/').length - 1];
  if (!kind) throw refused('ORG_KIND_MISMATCH', 'An organisation path has at most four parts: the last is an outlet.');
  return kind;
}

/** What is known about the tree around a path when a unit is put there. */
export interface OrgSurroundings {
  hasParent: boolean;
  /** The head office there is, if any. */
  headOfficePath: string | undefined;
}

/**
 * A unit at a path; its kind follows from the depth, so a kind that is given only may agree.
 * @throws ORG_KIND_MISMATCH, ORG_PARENT_NOT_FOUND, HEAD_OFFICE_EXISTS (one bank has one head office)
 */
export function placeOrgUnit(
  unit: { orgPath: string; name: string; kind: string },
  surroundings: OrgSurroundings,
): OrgUnit {
  const kind = orgKindOf(unit.orgPath);
  if (unit.kind !== '' && unit.kind !== kind) {
    throw refused('ORG_KIND_MISMATCH', `A unit at this depth is a ${kind}.`, { kind });
  }
  if (kind === 'head_office') {
    const { headOfficePath } = surroundings;
    if (headOfficePath !== undefined && headOfficePath !== unit.orgPath) {
      throw refused('HEAD_OFFICE_EXISTS', 'The bank has a head office already.', { orgPath: headOfficePath });
    }
  } else if (!surroundings.hasParent) {
    throw refused('ORG_PARENT_NOT_FOUND', 'The unit above does not exist.', {
      parentPath: parentPathOf(unit.orgPath) ?? '',
    });
  }
  return { orgPath: unit.orgPath, name: unit.name, kind };
}
