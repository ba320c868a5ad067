import { Http2SubchannelConnector } from '@grpc/grpc-js/build/src/transport';
import { RenewedSet } from './renewed-set';

interface Transport {
  activeCalls?: unknown;
}
interface Connector {
  connect(...args: unknown[]): Promise<Transport>;
}

/** Known to all copies of this module in a process. */
const DONE = Symbol.for('tidegate.releaseEndedCalls');

/**
 * Has grpc-js hold the calls that are under way in a set that lets go of those that are over: in its own each call grew old with all that it was
 * for, half of what a caller holds until its next great collection. For all clients of the process.
 */
export function releaseEndedCalls(): void {
  const connector = Http2SubchannelConnector.prototype as unknown as Connector & { [DONE]?: true };
  if (connector[DONE]) return;
  connector[DONE] = true;
  const { connect } = connector;
  connector.connect = async function (...args) {
    const transport = await connect.apply(this, args);
    // Another version may hold them otherwise: then they are left there.
    if (transport.activeCalls instanceof Set && transport.activeCalls.size === 0) {
      transport.activeCalls = new RenewedSet();
    }
    return transport;
  };
}
