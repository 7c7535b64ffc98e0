import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../schema.graphqls', // or the URL of a server: http://127.0.0.1:8080/graphql
  documents: 'src/*.ts',
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string', // documents are strings, so no GraphQL is parsed at run time
        enumType: 'string-literal',
        importExtension: '.js',
        // A scalar that is missing here is an error, not an `any`. Decimals are strings,
        // because a number would round them.
        strictScalars: true,
        scalars: { EDTF: 'string', LanguageTag: 'string', Decimal: 'string', DateTime: 'string', Moment: 'string', URL: 'string' },
        useTypeImports: true,
      },
    },
  },
};

export default config;
