import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../schema.graphqls', // or the address of a server: http://127.0.0.1:8080/graphql
  documents: 'src/*.ts',
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string', // what is sent is text; nothing parses GraphQL at run time
        enumType: 'string-literal',
        importExtension: '.js',
        // A scalar that is not named here is an error, not an `any`. Decimals stay
        // text: a number would round them.
        strictScalars: true,
        scalars: { EDTF: 'string', LanguageTag: 'string', Decimal: 'string', DateTime: 'string', URL: 'string' },
        useTypeImports: true,
      },
    },
  },
};

export default config;
