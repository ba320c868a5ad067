/** A message of the contracts as it looks in JSON over HTTP: moments are RFC 3339 texts, unset messages are left out. */
export type Json<T> = T extends Date
  ? string
  : T extends readonly (infer U)[]
    ? Json<U>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> }
      : T;

/** A request's body, of which any field may be left out, at any depth. */
export type Body<T> = T extends Date
  ? string
  : T extends readonly (infer U)[]
    ? Body<U>[]
    : T extends object
      ? { [K in keyof T]?: Body<T[K]> }
      : T;
