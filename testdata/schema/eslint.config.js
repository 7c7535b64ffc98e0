// The presets of GraphQL-ESLint, over the schema and all documents that we show.
// Run it from the root of the project; package.json does. A rule that is off says why.
import graphql from '@graphql-eslint/eslint-plugin';

const presets = (...names) => Object.assign({}, ...names.map((name) => graphql.configs[`flat/${name}`].rules));
const rule = (name) => `@graphql-eslint/${name}`;
const plugins = { '@graphql-eslint': graphql };
const documents = ['web/examples/*.graphql', 'testdata/schema/documents/curate/*.graphql', 'testdata/schema/documents/relay/src/*.js'];
const languageOptions = { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema.graphqls', documents } } };

// Values that live in what they describe, and have no identity of their own; and what
// has one of another name: transactions are numbered.
const values = [
  'Name', 'Identifier', 'ObservationCheck', 'Locator', 'Quote', 'Transaction', 'Change', 'Version', 'FieldDifference',
  'PageInfo', 'Finding', 'Duplicate', 'DuplicateReason', 'UserError', 'ChangeOutcome',
];

const schemaRules = {
  ...presets('schema-recommended', 'schema-relay'),
  [rule('strict-id-in-types')]: ['error', { exceptions: { types: values, suffixes: ['Connection', 'Edge', 'Payload'] } }],
  [rule('require-description')]: ['error', {
    types: true, DirectiveDefinition: true, rootField: true, FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true,
  }],
  // Relay's specification lets nodes be what is no Node, and our values (see above) are
  // paged too. Short lists are lists: TestListsThatGrowArePaged says which.
  [rule('relay-edge-types')]: ['error', { shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
};

const documentRules = {
  ...presets('operations-recommended'),
  // The examples are for readers; clients with a cache have `id` selected by their compiler.
  [rule('require-selections')]: 'off',
  // A guide may ask what an example asks, by the same name.
  [rule('unique-operation-name')]: 'off',
};

export default [
  { ignores: ['**/__generated__/', 'testdata/schema/documents/relay/schema.graphql'] },
  { files: ['schema.graphqls'], plugins, languageOptions, rules: schemaRules },
  { files: ['web/examples/*.graphql', 'testdata/schema/documents/curate/*.graphql'], plugins, languageOptions, rules: documentRules },
  // The first one is as short as a query can be; the README shows it, and the greeting.
  { files: ['web/examples/01_*.graphql'], rules: { [rule('no-anonymous-operations')]: 'off' } },
  { files: ['testdata/schema/documents/relay/src/*.js'], plugins, processor: graphql.processor },
  {
    files: ['testdata/schema/documents/relay/src/*.js/*.graphql'],
    plugins,
    languageOptions,
    rules: {
      ...documentRules,
      // Relay's compiler asks for what these forbid (names that begin with the file's and end
      // in Query, Mutation or Subscription, directives of its own, arguments of fragments),
      // and finds what is wrong with them itself.
      [rule('naming-convention')]: 'off',
      [rule('known-directives')]: 'off',
      [rule('no-undefined-variables')]: 'off',
    },
  },
];
