export { eventually } from './eventually';
export { FakeClock } from './fake-clock';
export { fakePeer, fakePeerOf, type FakeService } from './fake-peer';
export { endsTheSameHoweverTold, told, type ReplayedService, type ToldEvent } from './replays';
export { persistently } from './persistently';
export { LostReplies, writeRpcsOf, type Books, type Loser, type LostRepliesOptions } from './lost-replies';
export { startLossyProxy, type LossyProxy } from './lossy-proxy';
export {
  asActor,
  headOffice,
  startTestService,
  testKeys,
  type TestService,
  type TestServiceOptions,
} from './test-service';
