/** What one request withdrew of a pool's codes 券码撤回; it never changes. */
export interface CodeWithdrawal {
  withdrawalId: string;
  poolId: string;
  /** Empty for the codes of all imports. */
  importId: string;
  /** 0 when none was left. */
  withdrawnCount: number;
  /** Who withdrew them. */
  actorId: string;
  /** Why, in words; empty when none was given. */
  reason: string;
  withdrawnAt: Date;
}
