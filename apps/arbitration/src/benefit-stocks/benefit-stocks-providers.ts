import { StockBook } from './stock-book';
import { StockFollower } from './stock-follower';
import { benefitsClientProvider, StockPeer } from './stock-peer';
import { StockRooms } from './stock-rooms';
import { NoteClaimsUseCase } from './use-cases/note-claims/note-claims.use-case';

/** Everything that following benefit stocks is made of. */
export const BENEFIT_STOCKS_PROVIDERS = [
  benefitsClientProvider,
  StockPeer,
  StockBook,
  StockFollower,
  StockRooms,
  NoteClaimsUseCase,
];
