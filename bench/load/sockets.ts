import { generate } from '../support/generator.ts';
import { connectAll } from './peer.ts';

generate({
  /** Opens them and leaves them open. */
  async connect({ url, tokens }: { url: string; tokens: string[] }) {
    return (await connectAll(url, tokens)).length;
  },
});
