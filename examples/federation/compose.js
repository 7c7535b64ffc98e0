// Composes the schemas of subgraphs into a supergraph, with both available composers. The
// gateway uses the result of @theguild/federation-composition; the test compares both.
import * as apollo from '@apollo/composition';
import * as guild from '@theguild/federation-composition';
import { parse } from 'graphql';

// Returns the schema of a running subgraph.
export async function schemaOf({ name, url }) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  const { data, errors } = await response.json();
  if (!data?._service?.sdl) throw new Error(`${name} at ${url} returned no schema: ${JSON.stringify(errors)}`);
  return { name, url, typeDefs: parse(data._service.sdl) };
}

function compose(name, composer, services) {
  const { supergraphSdl, errors, hints } = composer.composeServices(services);
  if (errors?.length) throw new Error(`${name} reported composition errors:\n${errors.map((e) => e.message).join('\n')}`);
  return { supergraphSdl, hints: (hints ?? []).map((hint) => hint.message) };
}

export function composeBoth(services) {
  return {
    guild: compose('@theguild/federation-composition', guild, services),
    apollo: compose('@apollo/composition', apollo, services),
  };
}
