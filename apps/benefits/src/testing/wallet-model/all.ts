/** As Promise.all, but nothing is left under way when one has failed. */
export async function all<T>(work: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
