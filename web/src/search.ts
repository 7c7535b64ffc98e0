import { type GraphQLArgument, type GraphQLField, type GraphQLInputField, type GraphQLNamedType, type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql'

/** A type or a field of the schema. */
export interface Found {
  name: string // as in Person.born
  description: string
  type: GraphQLNamedType
  field?: GraphQLField<unknown, unknown> | GraphQLInputField
}

/** Returns the types and fields in whose name, description, arguments or values all words occur; names first. */
export function search(schema: GraphQLSchema, text: string, limit: number): Found[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const found = entries(schema).filter((entry) => words.every((word) => entry.text.includes(word)))
  const inName = ({ name }: Found) => words.every((word) => name.toLowerCase().includes(word))
  return found.sort((a, b) => Number(inName(b)) - Number(inName(a))).slice(0, limit)
}

type Entry = Found & { text: string }

function entries(schema: GraphQLSchema): Entry[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => [entry(type.name, type, type), ...fieldsOf(type).map((field) => entry(`${type.name}.${field.name}`, field, type, field))])
}

function fieldsOf(type: GraphQLNamedType) {
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? Object.values<Field>(type.getFields()) : []
}

type Field = GraphQLField<unknown, unknown> | GraphQLInputField

function entry(name: string, of: GraphQLNamedType | Field, type: GraphQLNamedType, field?: Field): Entry {
  const details: readonly { name: string; description?: string | null }[] =
    'args' in of ? (of.args as readonly GraphQLArgument[]) : !field && isEnumType(type) ? type.getValues() : []
  const description = of.description ?? ''
  const text = [name, description, ...details.flatMap((d) => [d.name, d.description ?? ''])].join(' ').toLowerCase()
  return { name, description, type, field, text }
}
