/** A person who wrote something of the catalogue, and the newest version of theirs. */
export interface Author {
  actorId: string;
  version: number;
}

/** The authors up to a new version, by `actorId`. */
export const withAuthor = (earlier: readonly Author[], actorId: string, version: number): Author[] => [
  ...earlier.filter((author) => author.actorId !== actorId),
  { actorId, version },
];
