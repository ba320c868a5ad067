/** An organisation path, or empty. */
export const OPTIONAL_PATH_PATTERN = /^([a-z0-9][a-z0-9-]{0,62}(\/[a-z0-9][a-z0-9-]{0,62}){0,3})?$/;

/** A customer id, or empty; no bar, as it is a part of compound keys. */
export const OPTIONAL_CUSTOMER_PATTERN = /^[^|\s]{0,64}$/;
