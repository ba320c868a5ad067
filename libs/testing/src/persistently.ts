const TRIES_MAX = 20;

/** A call that lost too many races is made again, with the same request id, as a caller would. */
export async function persistently<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries >= TRIES_MAX || (error as { code?: unknown }).code !== 'ABORTED') throw error;
    }
  }
}
