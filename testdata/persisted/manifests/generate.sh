#!/usr/bin/env bash
# Regenerates the three manifests, with the generators that clients use. Needs npm.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r src apollo ../../../schema.graphqls "$work"
cd "$work"
mv schema.graphqls schema.graphql
npm install --silent --no-audit --no-fund graphql@16.15.0 typescript@5.9.3 @graphql-codegen/cli@7.4.3 \
  @graphql-codegen/client-preset@6.2.0 relay-compiler@21.0.1 @apollo/client@4.3.8 @apollo/generate-persisted-query-manifest@1.4.0

cat > codegen.mjs <<'END'
export default {
  schema: 'schema.graphql',
  documents: ['src/*.ts'],
  generates: { 'generated/': { preset: 'client', presetConfig: { persistedDocuments: true } } },
};
END
npx graphql-codegen --silent --config codegen.mjs
cp generated/persisted-documents.json "$here/codegen.json"

echo '{}' > "$here/relay.json"
cp "$here/relay.json" .
mkdir artifacts
cat > relay.config.json <<'END'
{"src": "src", "language": "typescript", "schema": "schema.graphql", "artifactDirectory": "artifacts",
 "persistConfig": {"file": "relay.json", "algorithm": "MD5"}}
END
npx relay-compiler relay.config.json
cp relay.json "$here"

echo '{"documents": ["apollo/*.graphql"], "output": "apollo.json"}' > persisted-query-manifest.config.json
npx generate-persisted-query-manifest --config persisted-query-manifest.config.json
cp apollo.json "$here"
