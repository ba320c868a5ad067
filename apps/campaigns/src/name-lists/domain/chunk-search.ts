/** Which chunk a customer is in, if he is in the list at all. @param bounds last customer of each chunk, in order */
export function chunkOf(bounds: readonly string[], customerId: string): number | undefined {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! < customerId) low = middle + 1;
    else high = middle;
  }
  return low < bounds.length ? low : undefined;
}
