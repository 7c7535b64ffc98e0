// Reads schemas. What a file imports from Apollo Federation is declared beside it,
// in federation.graphqls, as a router does it.
import { readFileSync } from 'node:fs';
import graphql from 'graphql'; // as CommonJS: the packages that compare schemas load it so

const federation = new URL('federation.graphqls', import.meta.url);

export const links = (text) => /@link\b/.test(text) && !/^directive @link\b/m.test(text);

export const whole = (text) => (links(text) ? `${text}\n${read(federation)}` : text);

export const schemaOf = (text) => graphql.buildSchema(whole(text));

export const read = (path) => readFileSync(path, 'utf8');
