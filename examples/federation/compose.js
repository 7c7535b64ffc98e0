// Makes one schema of the subgraphs' schemas, by both composers that there are. They
// must agree; the gateway is given what the first one makes.
import * as apollo from '@apollo/composition';
import * as guild from '@theguild/federation-composition';
import { parse, printSchema } from 'graphql';

// What a subgraph says of itself.
export async function schemaOf({ name, url }) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  const { data, errors } = await response.json();
  if (!data?._service?.sdl) throw new Error(`${name} at ${url} gives no schema: ${JSON.stringify(errors)}`);
  return { name, url, typeDefs: parse(data._service.sdl) };
}

function compose(by, composer, services) {
  const { supergraphSdl, errors, hints } = composer.composeServices(services);
  if (errors?.length) throw new Error(`${by} does not compose:\n${errors.map((e) => e.message).join('\n')}`);
  return { supergraphSdl, hints: (hints ?? []).map((hint) => hint.message) };
}

export function composeBoth(services) {
  return {
    guild: compose('@theguild/federation-composition', guild, services),
    apollo: compose('@apollo/composition', apollo, services),
  };
}
