// GraphQL over SSE. Install: npm install graphql graphql-sse. Run: node graphql-sse.mjs

import { createServer } from 'node:http';
import { EventEmitter, on } from 'node:events';
import { GraphQLBoolean, GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';

const PORT = Number(process.env.PORT ?? 8000);

const bus = new EventEmitter();

const query = new GraphQLObjectType({
  name: 'Query',
  fields: {
    greeting: {
      type: GraphQLString,
      args: { name: { type: GraphQLString } },
      resolve: (_, { name }) => `Hello, ${name}!`,
    },
  },
});

const mutation = new GraphQLObjectType({
  name: 'Mutation',
  fields: {
    /** Whether anybody listens. */
    publish: {
      type: GraphQLBoolean,
      args: { text: { type: GraphQLString } },
      resolve: (_, { text }) => bus.emit('news', text),
    },
  },
});

const subscription = new GraphQLObjectType({
  name: 'Subscription',
  fields: {
    news: {
      type: GraphQLString,
      async *subscribe() {
        for await (const [news] of on(bus, 'news')) yield { news };
      },
    },
    countdown: {
      type: GraphQLInt,
      args: { from: { type: GraphQLInt } },
      async *subscribe(_, { from }) {
        for (let countdown = from; countdown > 0; countdown--) yield { countdown };
      },
    },
  },
});

const handler = createHandler({ schema: new GraphQLSchema({ query, mutation, subscription }) });

createServer((request, response) => {
  // What a subscription throws before its first result would end the process.
  handler(request, response).catch(() => {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}).listen(PORT);
