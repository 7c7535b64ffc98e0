// Reads schemas.
import { readFileSync } from 'node:fs';
import graphql from 'graphql'; // as CommonJS: the package that compares schemas loads it so

export const read = (path) => readFileSync(path, 'utf8');

export const schemaOf = (text) => graphql.buildSchema(text);
