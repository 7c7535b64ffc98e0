// Makes operations.py of operations.graphql: for each operation a function that takes its
// variables, and what it answers as TypedDicts, which cost nothing when it runs.
import { readFileSync, writeFileSync } from 'node:fs';
import {
  buildSchema, isEnumType, isListType, isNonNullType, isRequiredInputField,
  isScalarType, parse, print, specifiedRules, typeFromAST, validate, visit,
} from 'graphql';

const schema = buildSchema(readFileSync(new URL('../../schema.graphqls', import.meta.url), 'utf8'));
const document = parse(readFileSync(new URL('operations.graphql', import.meta.url), 'utf8'));
const wrong = validate(schema, document, specifiedRules);
if (wrong.length > 0) throw new Error(wrong.map(String).join('\n\n'));

/** What stands for a scalar. One that is not named here is an error, not an Any; decimals stay text, since a float would round them. */
const scalars = {
  Boolean: 'bool', Float: 'float', ID: 'str', Int: 'int', String: 'str',
  DateTime: 'str', Decimal: 'str', EDTF: 'str', LanguageTag: 'str', URL: 'str',
};
const keywords = new Set('and as assert break class continue def del elif else except for from global if import in is lambda not or pass raise return try while with yield'.split(' '));
const fragments = new Map(document.definitions.filter((d) => d.kind === 'FragmentDefinition').map((d) => [d.name.value, d]));
const written = new Map(); // classes and enumerations by their names, in the order in which they can be defined

/** A type as Python writes it; `leaf` does so for what is within lists and nulls. */
function spell(type, leaf) {
  if (isNonNullType(type)) return bare(type.ofType, leaf);
  return `${bare(type, leaf)} | None`;
}

function bare(type, leaf) {
  return isListType(type) ? `list[${spell(type.ofType, leaf)}]` : leaf(type);
}

function scalar(type) {
  const name = scalars[type.name];
  if (!name) throw new Error(`generate.mjs does not say what stands for ${type.name}`);
  return name;
}

function enumeration(type) {
  written.set(type.name, `${type.name} = Literal[${type.getValues().map((v) => `"${v.name}"`).join(', ')}]`);
  return type.name;
}

/** Writes a class; its fields are [name, type] pairs. */
function declare(name, fields) {
  // A class cannot name a word of Python's own, and makes another of what begins with __.
  const text = fields.some(([field]) => keywords.has(field) || field.startsWith('__'))
    ? `${name} = TypedDict(\n    "${name}",\n    {\n${fields.map(([field, type]) => `        "${field}": "${type}",`).join('\n')}\n    },\n)`
    : `class ${name}(TypedDict):\n${fields.map(([field, type]) => `    ${field}: ${type}`).join('\n') || '    pass'}`;
  if (written.has(name) && written.get(name) !== text) throw new Error(`two classes would be called ${name}; give one an alias`);
  written.set(name, text);
  return name;
}

const capital = (name) => name[0].toUpperCase() + name.slice(1);

/** The class of what is selected of a type. What only some types have is not always there. */
function answer(name, type, set) {
  const fields = new Map();
  const collect = (of, selections, always) => {
    for (const selection of selections) {
      if (selection.kind === 'Field') {
        const key = (selection.alias ?? selection.name).value;
        const field = selection.name.value === '__typename' ? 'str' : spell(of.getFields()[selection.name.value].type, (inner) => {
          if (selection.selectionSet) return answer(name + capital(key), inner, selection.selectionSet);
          return isEnumType(inner) ? enumeration(inner) : scalar(inner);
        });
        if (!fields.has(key)) fields.set(key, always && !selection.directives.length ? field : `NotRequired[${field}]`);
        continue;
      }
      const fragment = selection.kind === 'FragmentSpread' ? fragments.get(selection.name.value) : selection;
      const narrower = fragment.typeCondition ? typeFromAST(schema, fragment.typeCondition) : of;
      collect(narrower, fragment.selectionSet.selections, always && narrower === of && !selection.directives.length);
    }
  };
  collect(type, set.selections, true);
  return declare(name, [...fields]);
}

const inputs = new Set();

function input(type) {
  if (isScalarType(type)) return scalar(type);
  if (isEnumType(type)) return enumeration(type);
  if (inputs.has(type.name)) return type.name; // filters hold filters
  inputs.add(type.name);
  return declare(type.name, Object.values(type.getFields()).map((field) => taken(field.name, field.type, isRequiredInputField(field))));
}

const taken = (name, type, required) => {
  const spelt = spell(type, input);
  return [name, required ? spelt : `NotRequired[${spelt}]`];
};

const snake = (name) => name.replace(/(?<!^)(?=[A-Z])/g, '_').toLowerCase();

/** A function that makes a request; what need not be given may be left out. */
function asking(operation, name, result) {
  const variables = operation.variableDefinitions.map(({ variable, type, defaultValue }) => {
    const of = typeFromAST(schema, type);
    const required = isNonNullType(of) && !defaultValue;
    const spelt = spell(isNonNullType(of) && !required ? of.ofType : of, input);
    return { name: variable.name.value, parameter: `${snake(variable.name.value)}: ${spelt}${required ? '' : ' = None'}` };
  });
  const text = [operation, ...spread(operation)].map(print).join('\n\n');
  return `def ${snake(name)}(${['*', ...variables.map((v) => v.parameter)].slice(variables.length ? 0 : 1).join(', ')}) -> Request[${result}]:
    return Request(
        "${name}",
        """
${text}
""",
        {${variables.map((v) => `"${v.name}": ${snake(v.name)}`).join(', ')}},
    )`;
}

/** The fragments that a definition spreads, and those that these do. */
function spread(definition, found = new Set()) {
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (!found.has(fragment)) spread(fragment, found.add(fragment));
    },
  });
  return found;
}

for (const operation of document.definitions.filter((d) => d.kind === 'OperationDefinition')) {
  const name = operation.name.value;
  const result = answer(name, schema.getRootType(operation.operation), operation.selectionSet);
  written.set(snake(name), asking(operation, name, result));
}

writeFileSync(new URL('operations.py', import.meta.url), `"""Made from operations.graphql by generate.mjs; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, NotRequired, TypedDict, TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Request(Generic[Answer]):
    """What is asked, and the type of its answer."""

    operation: str
    query: str
    variables: dict[str, object]


${[...written.values()].join('\n\n\n')}
`);
