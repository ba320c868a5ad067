/** Where a tag 标签 comes from. */
export const TAG_SOURCES = ['rule', 'import', 'expert', 'model'] as const;
export type TagSource = (typeof TAG_SOURCES)[number];

/** A tag of a customer; without `validUntil` it never ends. */
export interface Tag {
  tag: string;
  value: string;
  source: TagSource;
  validUntil: Date | null;
  refreshedAt: Date;
}

/** A customer's tags with one set: a tag of the same name is replaced, whatever its source. */
export const withTag = (tags: readonly Tag[], tag: Tag): Tag[] => [...tags.filter((held) => held.tag !== tag.tag), tag];

export const withoutTag = (tags: readonly Tag[], name: string): Tag[] => tags.filter((held) => held.tag !== name);

/** Whether the tag counts at a moment. */
export const isTagValid = (tag: Tag, now: Date): boolean => tag.validUntil === null || tag.validUntil > now;

const isSame = (held: Tag, tag: Tag): boolean =>
  held.value === tag.value && held.source === tag.source && held.validUntil?.getTime() === tag.validUntil?.getTime();

/** Whether setting the tag would change more than its refresh time. */
export const holdsTag = (tags: readonly Tag[], tag: Tag): boolean =>
  tags.some((held) => held.tag === tag.tag && isSame(held, tag));
