// The subgraph of news: articles, and what it adds to the people and states of
// others. It keeps none of their names, only the keys by which others know them.
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

// Which articles mention a key, the newest first.
function mentioning(field) {
  const found = new Map();
  for (const article of articles) {
    for (const key of article[field]) found.set(key, [...(found.get(key) ?? []), article]);
  }
  return (key) => found.get(key) ?? [];
}
const ofPerson = mentioning('people');
const ofState = mentioning('states');

const refuse = (message) => {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
};

// A page of a list; the cursor of an article is its id.
function page(list, { first, after }) {
  if (first < 0 || first > 100) refuse(`first: ${first} is not between 0 and 100`);
  const begin = after == null ? 0 : list.findIndex((article) => article.id === after) + 1;
  if (after != null && begin === 0) refuse('after: no cursor of this list');
  const nodes = list.slice(begin, begin + first);
  return {
    nodes,
    edges: nodes.map((node) => ({ cursor: node.id, node })),
    totalCount: list.length,
    pageInfo: {
      hasNextPage: begin + nodes.length < list.length,
      hasPreviousPage: begin > 0,
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
    articles: ({ wikidata }, paging) => (wikidata ? page(ofPerson(wikidata), paging) : null),
  },
  State: {
    articles: ({ isoAlpha2 }, paging) => (isoAlpha2 ? page(ofState(isoAlpha2), paging) : null),
  },
  Source: {
    article: ({ url }) => byUrl.get(url),
  },
};

export const news = createYoga({
  schema: buildSubgraphSchema([{ typeDefs: parse(read('schema.graphqls')), resolvers }]),
  logging: 'warn',
});
