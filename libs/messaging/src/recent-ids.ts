/** The last ids seen, up to a limit. */
export class RecentIds {
  private readonly ids = new Set<string>();

  constructor(private readonly max: number) {}

  /** Whether an id was seen before; remembers it. A missing id is never known. */
  has(id: string | undefined): boolean {
    if (!id) return false;
    if (this.ids.has(id)) return true;
    this.ids.add(id);
    // A set keeps the order of insertion: the first is the oldest.
    if (this.ids.size > this.max) this.ids.delete(this.ids.values().next().value as string);
    return false;
  }
}
