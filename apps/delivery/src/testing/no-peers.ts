/** For tests in which delivery asks no other service. */
export const NO_PEERS = { customers: '127.0.0.1:1' };
