import type { types } from 'mediasoup';
import { SOCKET_BYTES } from './media-worker.ts';
import type { Place } from './place.ts';

/** What goes from one worker to another on this machine; what is lost there is asked for again, as on any way. */
const WAY = {
  listenInfo: {
    protocol: 'udp',
    ip: '127.0.0.1',
    sendBufferSize: SOCKET_BYTES,
    recvBufferSize: SOCKET_BYTES,
  },
  enableRtx: true,
  enableSctp: false,
} as const;

type Pipe = Awaited<ReturnType<types.Router['pipeToRouter']>>;

interface Brought {
  readonly pipe: Promise<Pipe>;
  receivers: number;
}

/** One producer on other workers than its own, each as long as somebody there receives it. */
export class Pipes {
  readonly #producer: types.Producer;
  readonly #from: Place;
  readonly #brought = new Map<Place, Brought>();

  constructor(producer: types.Producer, from: Place) {
    this.#producer = producer;
    this.#from = from;
  }

  /** Has somebody in that place receive it. */
  async receive(
    place: Place,
    consume: (producer: types.Producer) => Promise<types.Consumer>,
  ): Promise<types.Consumer> {
    if (place === this.#from) return consume(this.#producer);
    const brought = this.#brought.get(place) ?? this.#bring(place);
    brought.receivers++;
    const leave = () => {
      brought.receivers--;
      if (brought.receivers === 0) this.#end(place, brought);
    };
    try {
      const { pipeProducer } = await brought.pipe;
      if (!pipeProducer) throw new Error('nothing was piped');
      const consumer = await consume(pipeProducer);
      consumer.observer.once('close', leave);
      return consumer;
    } catch (error) {
      leave();
      throw error;
    }
  }

  #bring(place: Place): Brought {
    const pipe = this.#from.router.pipeToRouter({
      producerId: this.#producer.id,
      router: place.router,
      ...WAY,
    });
    const brought = { pipe, receivers: 0 };
    this.#brought.set(place, brought);
    return brought;
  }

  #end(place: Place, brought: Brought): void {
    this.#brought.delete(place);
    // Whoever waited for it has heard that it failed.
    brought.pipe.then(
      ({ pipeConsumer }) => pipeConsumer?.close(),
      () => undefined,
    );
  }
}
