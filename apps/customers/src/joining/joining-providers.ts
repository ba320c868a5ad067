import type { Provider } from '@nestjs/common';
import { ProfileJoinRepository } from './repositories/profile-join.repository';
import { JoinProfilesUseCase } from './use-cases/join-profiles/join-profiles.use-case';
import { ListProfileJoinsUseCase } from './use-cases/list-profile-joins/list-profile-joins.use-case';
import { UndoProfileJoinUseCase } from './use-cases/undo-profile-join/undo-profile-join.use-case';

/** All that joining profiles needs beside the controller. */
export const JOINING_PROVIDERS: Provider[] = [
  ProfileJoinRepository,
  JoinProfilesUseCase,
  UndoProfileJoinUseCase,
  ListProfileJoinsUseCase,
];
