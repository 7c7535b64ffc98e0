// Generates operations.py from operations.graphql: for each operation a function that takes
// its variables, and TypedDicts for its result, which have no cost at run time.
import { readFileSync, writeFileSync } from 'node:fs';
import {
  buildSchema, isEnumType, isListType, isNonNullType, isRequiredInputField,
  isScalarType, parse, print, specifiedRules, typeFromAST, validate, visit,
} from 'graphql';

const schema = buildSchema(readFileSync(new URL('../../schema.graphqls', import.meta.url), 'utf8'));
const document = parse(readFileSync(new URL('operations.graphql', import.meta.url), 'utf8'));
const problems = validate(schema, document, specifiedRules);
if (problems.length > 0) throw new Error(problems.map(String).join('\n\n'));

/** Python types of the scalars. A scalar that is missing here is an error, not an Any. Decimals are strings, because a float would round them. */
const scalars = {
  Boolean: 'bool', Float: 'float', ID: 'str', Int: 'int', String: 'str',
  DateTime: 'str', Moment: 'str', Decimal: 'str', EDTF: 'str', LanguageTag: 'str', URL: 'str',
};
const keywords = new Set('and as assert break class continue def del elif else except for from global if import in is lambda not or pass raise return try while with yield'.split(' '));
const fragments = new Map(document.definitions.filter((d) => d.kind === 'FragmentDefinition').map((d) => [d.name.value, d]));
const declarations = new Map(); // Python classes, enumerations and functions by name, in an order in which they can be defined

/** Returns the Python type of a GraphQL type; `namedType` does so for the type without lists and nulls. */
function pythonType(type, namedType) {
  if (isNonNullType(type)) return nonNullType(type.ofType, namedType);
  return `${nonNullType(type, namedType)} | None`;
}

function nonNullType(type, namedType) {
  return isListType(type) ? `list[${pythonType(type.ofType, namedType)}]` : namedType(type);
}

function scalar(type) {
  const name = scalars[type.name];
  if (!name) throw new Error(`generate.mjs has no Python type for the scalar ${type.name}; add it to scalars`);
  return name;
}

function enumeration(type) {
  declarations.set(type.name, `${type.name} = Literal[${type.getValues().map((v) => `"${v.name}"`).join(', ')}]`);
  return type.name;
}

/** Declares a class; its fields are [name, type] pairs. */
function declareClass(name, fields) {
  // In a class body a keyword is no field name, and Python mangles names that begin with __.
  const text = fields.some(([field]) => keywords.has(field) || field.startsWith('__'))
    ? `${name} = TypedDict(\n    "${name}",\n    {\n${fields.map(([field, type]) => `        "${field}": "${type}",`).join('\n')}\n    },\n)`
    : `class ${name}(TypedDict):\n${fields.map(([field, type]) => `    ${field}: ${type}`).join('\n') || '    pass'}`;
  if (declarations.has(name) && declarations.get(name) !== text) throw new Error(`two selections would have the class name ${name}; give one of them an alias`);
  declarations.set(name, text);
  return name;
}

const capital = (name) => name[0].toUpperCase() + name.slice(1);

/** Declares the class of a selection. Fields that only some of the types have are NotRequired. */
function resultClass(name, type, selectionSet) {
  const fields = new Map();
  const collect = (parent, selections, required) => {
    for (const selection of selections) {
      if (selection.kind === 'Field') {
        const key = (selection.alias ?? selection.name).value;
        const field = selection.name.value === '__typename' ? 'str' : pythonType(parent.getFields()[selection.name.value].type, (named) => {
          if (selection.selectionSet) return resultClass(name + capital(key), named, selection.selectionSet);
          return isEnumType(named) ? enumeration(named) : scalar(named);
        });
        if (!fields.has(key)) fields.set(key, required && !selection.directives.length ? field : `NotRequired[${field}]`);
        continue;
      }
      const fragment = selection.kind === 'FragmentSpread' ? fragments.get(selection.name.value) : selection;
      const narrower = fragment.typeCondition ? typeFromAST(schema, fragment.typeCondition) : parent;
      collect(narrower, fragment.selectionSet.selections, required && narrower === parent && !selection.directives.length);
    }
  };
  collect(type, selectionSet.selections, true);
  return declareClass(name, [...fields]);
}

const inputs = new Set();

/** Declares the class of an input type, and those of its fields. */
function inputClass(type) {
  if (isScalarType(type)) return scalar(type);
  if (isEnumType(type)) return enumeration(type);
  if (inputs.has(type.name)) return type.name; // input types can be recursive
  inputs.add(type.name);
  return declareClass(type.name, Object.values(type.getFields()).map(inputField));
}

function inputField(field) {
  const type = pythonType(field.type, inputClass);
  return [field.name, isRequiredInputField(field) ? type : `NotRequired[${type}]`];
}

const snakeCase = (name) => name.replace(/(?<!^)(?=[A-Z])/g, '_').toLowerCase();

/** Returns a function that builds a request; optional variables have a default. */
function requestFunction(operation, name, result) {
  const variables = operation.variableDefinitions.map(({ variable, type, defaultValue }) => {
    const declared = typeFromAST(schema, type);
    const required = isNonNullType(declared) && !defaultValue;
    const python = pythonType(isNonNullType(declared) && !required ? declared.ofType : declared, inputClass);
    return { name: variable.name.value, parameter: `${snakeCase(variable.name.value)}: ${python}${required ? '' : ' = None'}` };
  });
  const text = [operation, ...fragmentsOf(operation)].map(print).join('\n\n');
  return `def ${snakeCase(name)}(${['*', ...variables.map((v) => v.parameter)].slice(variables.length ? 0 : 1).join(', ')}) -> Request[${result}]:
    return Request(
        "${name}",
        """
${text}
""",
        {${variables.map((v) => `"${v.name}": ${snakeCase(v.name)}`).join(', ')}},
    )`;
}

/** Returns the fragments that a definition spreads, directly or through other fragments. */
function fragmentsOf(definition, found = new Set()) {
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (!found.has(fragment)) fragmentsOf(fragment, found.add(fragment));
    },
  });
  return found;
}

for (const operation of document.definitions.filter((d) => d.kind === 'OperationDefinition')) {
  const name = operation.name.value;
  const result = resultClass(name, schema.getRootType(operation.operation), operation.selectionSet);
  declarations.set(snakeCase(name), requestFunction(operation, name, result));
}

writeFileSync(new URL('operations.py', import.meta.url), `"""Generated from operations.graphql by generate.mjs; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, NotRequired, TypedDict, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Request(Generic[Result]):
    """An operation with its variables, and the type of its result."""

    operation: str
    query: str
    variables: dict[str, object]


${[...declarations.values()].join('\n\n\n')}
`);
