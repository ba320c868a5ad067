/** Names are kept only to explain; past this many, further tokens are learnt without one. */
const MAX_NAMED_TOKENS = 20_000;

/** A token by the slot of its weight, with the number of outcomes it was seen in. */
export interface NamedToken {
  slot: number;
  name: string;
  seen: number;
}

/** Which token is behind a hashed slot: of all targets together (the empty text) and of each target. */
export class TokenNames {
  private readonly byTarget = new Map<string, Map<number, { name: string; seen: number }>>();
  private size = 0;

  /** Counts the slots of one outcome. The first is the intercept's, which has no name; the names are asked for when one is new. */
  count(target: string, slots: readonly number[], describe: () => readonly string[]): void {
    let tokens = this.byTarget.get(target);
    if (tokens === undefined) {
      tokens = new Map();
      this.byTarget.set(target, tokens);
    }
    let names: readonly string[] | undefined;
    for (let i = 1; i < slots.length; i += 1) {
      const slot = slots[i] ?? 0;
      const token = tokens.get(slot);
      if (token !== undefined) token.seen += 1;
      else if (this.size < MAX_NAMED_TOKENS) {
        names ??= describe();
        tokens.set(slot, { name: names[i] ?? '', seen: 1 });
        this.size += 1;
      }
    }
  }

  list(target: string, seenMin: number): NamedToken[] {
    return [...(this.byTarget.get(target) ?? [])]
      .filter(([, { seen }]) => seen >= seenMin)
      .map(([slot, token]) => ({ slot, ...token }));
  }

  state(): [string, [number, string, number][]][] {
    return [...this.byTarget].map(([target, tokens]) => [
      target,
      [...tokens].map(([slot, { name, seen }]) => [slot, name, seen]),
    ]);
  }

  static from(state: [string, [number, string, number][]][]): TokenNames {
    const names = new TokenNames();
    for (const [target, tokens] of state) {
      names.byTarget.set(target, new Map(tokens.map(([slot, name, seen]) => [slot, { name, seen }])));
      names.size += tokens.length;
    }
    return names;
  }
}
