/** The body of a command that takes none: empty, or an empty object. */
export class NoInput {}
