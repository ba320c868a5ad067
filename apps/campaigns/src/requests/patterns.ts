/** Ids of catalogue entries and strategies: readable or UUID. */
export const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** An id, or empty for one that the platform gives. */
export const OPTIONAL_ID = /^([A-Za-z0-9][A-Za-z0-9._-]*)?$/;
export const ID_LENGTH_MAX = 64;
export const REQUEST_ID_LENGTH_MAX = 128;
/** A path of the organisation, or empty for the actor's own. */
export const OPTIONAL_ORG_PATH = /^([A-Za-z0-9][A-Za-z0-9_-]*(\/[A-Za-z0-9][A-Za-z0-9_-]*){0,9})?$/;
