// The presets of GraphQL-ESLint for the schema and for all documents in the guides and
// examples. Run it from the root of the project, as package.json does. Each rule that is off
// has a reason.
import graphql from '@graphql-eslint/eslint-plugin';

const presets = (...names) => Object.assign({}, ...names.map((name) => graphql.configs[`flat/${name}`].rules));
const rule = (name) => `@graphql-eslint/${name}`;
const plugins = { '@graphql-eslint': graphql };
const documents = ['web/examples/*.graphql', 'testdata/schema/documents/curate/*.graphql', 'testdata/schema/documents/relay/src/*.js'];
const languageOptions = { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema.graphqls', documents } } };

// Types without an id: values that are part of another type, and Transaction, which is
// identified by its number.
const typesWithoutId = [
  'Name', 'Identifier', 'ObservationCheck', 'Locator', 'Quote', 'Transaction', 'Change', 'Version', 'FieldDifference',
  'PageInfo', 'Finding', 'Impact', 'Warning', 'OfficeHolding', 'Viewer', 'Duplicate', 'DuplicateReason', 'UserError', 'ChangeOutcome',
];

const schemaRules = {
  ...presets('schema-recommended', 'schema-relay'),
  [rule('strict-id-in-types')]: ['error', { exceptions: { types: typesWithoutId, suffixes: ['Connection', 'Edge', 'Payload'] } }],
  [rule('require-description')]: ['error', {
    types: true, DirectiveDefinition: true, rootField: true, FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true,
  }],
  // Relay's specification allows connections of types that are no Node, such as those above.
  // Short lists are plain lists; the tests of package graph list them.
  [rule('relay-edge-types')]: ['error', { shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
};

const documentRules = {
  ...presets('operations-recommended'),
  // The examples are for reading; the compilers of clients with a cache add `id`.
  [rule('require-selections')]: 'off',
  // A guide and an example may use the same operation name.
  [rule('unique-operation-name')]: 'off',
};

export default [
  { ignores: ['**/__generated__/', 'testdata/schema/documents/relay/schema.graphql'] },
  { files: ['schema.graphqls'], plugins, languageOptions, rules: schemaRules },
  { files: ['web/examples/*.graphql', 'testdata/schema/documents/curate/*.graphql'], plugins, languageOptions, rules: documentRules },
  // The first example is as short as possible, because the README and the start-up banner
  // show it.
  { files: ['web/examples/01_*.graphql'], rules: { [rule('no-anonymous-operations')]: 'off' } },
  { files: ['testdata/schema/documents/relay/src/*.js'], plugins, processor: graphql.processor },
  {
    files: ['testdata/schema/documents/relay/src/*.js/*.graphql'],
    plugins,
    languageOptions,
    rules: {
      ...documentRules,
      // Relay's compiler requires what these rules forbid (names that begin with the file name
      // and end in Query, Mutation or Subscription, its own directives, arguments of
      // fragments), and validates them itself.
      [rule('naming-convention')]: 'off',
      [rule('known-directives')]: 'off',
      [rule('no-undefined-variables')]: 'off',
    },
  },
];
