import type { Attributes } from './customer';

/**
 * Who looks after a customer 管户: the attributes that name the person and the team, and what their ids are made of. Other services read
 * them as names of seats' agents, people of shifts and teams, whose ids have no `|`, no `@` and no space.
 */
export const OWNER_IDS = { ownerId: /^[^|@\s]{1,128}$/, teamId: /^[^|@\s]{1,64}$/ } as const;

/** Who looks after a customer; empty for nobody. */
export type Owner = Record<keyof typeof OWNER_IDS, string>;

export const isOwnerKey = (key: string): key is keyof Owner => Object.hasOwn(OWNER_IDS, key);

/** The attributes with another owner: what nobody looks after has no such attribute. */
export function withOwner({ ownerId: _person, teamId: _team, ...others }: Attributes, owner: Owner): Attributes {
  const { ownerId, teamId } = owner;
  return { ...others, ...(ownerId !== '' && { ownerId }), ...(teamId !== '' && { teamId }) };
}
