import { InterceptingCall, status, type Interceptor, type StatusObject } from '@grpc/grpc-js';

/** A call that ended badly, as its response. */
export class CallFailure {
  constructor(readonly status: StatusObject) {}
}

/**
 * Lets a failed call end with a CallFailure as its response. grpc-js writes two stack traces into the error of every call that
 * fails: too much for the refusals of a flash sale.
 */
export const failuresAsResponses: Interceptor = (options, nextCall) =>
  new InterceptingCall(nextCall(options), {
    start: (metadata, listener, next) => {
      let isAnswered = false;
      next(metadata, {
        onReceiveMessage: (message: unknown, forward) => {
          isAnswered ||= message !== null;
          forward(message);
        },
        onReceiveStatus: (ended, forward) => {
          if (ended.code === status.OK || isAnswered) return forward(ended);
          listener.onReceiveMessage(new CallFailure(ended));
          forward({ ...ended, code: status.OK });
        },
      });
    },
  });
