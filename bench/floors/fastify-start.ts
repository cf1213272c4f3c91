// The least a server of this kind is: Fastify with one TypeBox route that listens.
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import Fastify from 'fastify';
import { Type } from 'typebox';

const http = Fastify();
http.setValidatorCompiler(TypeBoxValidatorCompiler);
http.post(
  '/echo',
  {
    schema: {
      body: Type.Object({ name: Type.String() }),
      response: { 200: Type.Object({ name: Type.String() }) },
    },
  },
  async (request) => request.body as { name: string },
);
process.on('SIGTERM', () => process.exit(0));
console.log(`listening on ${await http.listen({ port: 0, host: '127.0.0.1' })}`);
