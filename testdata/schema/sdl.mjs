// Reads files and parses schemas.
import { readFileSync } from 'node:fs';
import graphql from 'graphql'; // as CommonJS, like @graphql-inspector/core does

export const read = (path) => readFileSync(path, 'utf8');

export const schemaOf = (text) => graphql.buildSchema(text);
