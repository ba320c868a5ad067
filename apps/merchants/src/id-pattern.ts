/** Ids that callers choose: kebab-case, dots and underscores allowed, 1 to 64 characters. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** As ID_PATTERN, or empty when the platform is to give one. */
export const OPTIONAL_ID_PATTERN = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})?$/;
