/**
 * Stands in for the SDK's event streams in the bundles: no operation used here has one, and the way the SDK loads them
 * keeps a bundler from leaving out whatever of the SDK is not used.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error('no operation with an event stream is used');
  }
}

export const eventStreamSerdeProvider = () => new EventStreamSerde();

export const resolveEventStreamSerdeConfig = <T>(configuration: T): T => configuration;
