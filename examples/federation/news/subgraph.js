// The news subgraph: articles, and the fields that it adds to Person, State and Source. It
// stores only their keys.
import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse } from 'graphql';
import { createYoga } from 'graphql-yoga';

const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');

const articles = JSON.parse(read('articles.json')).sort(
  (a, b) => b.published.localeCompare(a.published) || a.id.localeCompare(b.id),
);
const byId = new Map(articles.map((article) => [article.id, article]));
const byUrl = new Map(articles.map((article) => [article.url, article]));

// Returns a function from a key to the articles that mention it, newest first.
function indexBy(field) {
  const index = new Map();
  for (const article of articles) {
    for (const key of article[field]) index.set(key, [...(index.get(key) ?? []), article]);
  }
  return (key) => index.get(key) ?? [];
}
const articlesByPerson = indexBy('people');
const articlesByState = indexBy('states');

const reject = (message) => {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
};

// Returns a page of a list. The cursor of an article is its id.
function page(list, { first, after }) {
  if (first < 0 || first > 100) reject(`first: ${first} is not between 0 and 100`);
  const start = after == null ? 0 : list.findIndex((article) => article.id === after) + 1;
  if (after != null && start === 0) reject('after: the cursor does not belong to this list');
  const nodes = list.slice(start, start + first);
  return {
    nodes,
    edges: nodes.map((node) => ({ cursor: node.id, node })),
    totalCount: list.length,
    pageInfo: {
      hasNextPage: start + nodes.length < list.length,
      hasPreviousPage: start > 0,
      startCursor: nodes[0]?.id,
      endCursor: nodes.at(-1)?.id,
    },
  };
}

const resolvers = {
  Query: {
    articles: (_, paging) => page(articles, paging),
    article: (_, { id }) => byId.get(id),
  },
  Article: {
    __resolveReference: ({ id }) => byId.get(id),
    mentions: ({ people, states }) => [
      ...people.map((wikidata) => ({ __typename: 'Person', wikidata })),
      ...states.map((isoAlpha2) => ({ __typename: 'State', isoAlpha2 })),
    ],
    source: ({ url }) => ({ url }),
  },
  Person: {
    articles: ({ wikidata }, paging) => (wikidata ? page(articlesByPerson(wikidata), paging) : null),
  },
  State: {
    articles: ({ isoAlpha2 }, paging) => (isoAlpha2 ? page(articlesByState(isoAlpha2), paging) : null),
  },
  Source: {
    article: ({ url }) => byUrl.get(url),
  },
};

export const news = createYoga({
  schema: buildSubgraphSchema([{ typeDefs: parse(read('schema.graphqls')), resolvers }]),
  logging: 'warn',
});
