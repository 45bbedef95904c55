/** Writes the reference of the plan document from its schema: every key with its type, default, example and meaning. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { z } from 'zod'
import { Plan } from '../../domain/plan/plan.ts'

export const referenceFile = join(import.meta.dirname, '..', '..', 'docs', 'guide', 'plan-reference.md')

/** As much of JSON Schema as the plan's schema uses. */
interface Schema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
}

/** One row of the reference. */
interface Key {
  /** For example `hosts[].reach.port`. */
  readonly path: string
  readonly type: string
  /** `required`, `optional`, or the default as JSON. */
  readonly given: string
  readonly example: string
  readonly about: string
  /** The variant that has the key, for example `kind: "winrm"`; empty where every variant has it. */
  readonly variant: string
}

const introduction = `# Plan reference

This page lists every key of a plan file. The program generates it from the schema by which it reads plans, so it is
complete. A plan is a JSON file; unknown keys are refused. \`[]\` means: in each entry of the list. \`<name>\` means: under a
name, such as the name of a component. How to write a plan is on the page [Plans](plans.md).
`

/** The reference as Markdown, a section for each top-level key, formatted like every other page. */
export async function planReference(): Promise<string> {
  const schema = z.toJSONSchema(Plan, {
    io: 'input',
    // An example of what goes in holds as well where the schema changes it on the way in.
    override: ({ zodSchema, jsonSchema }) => {
      const examples = z.globalRegistry.get(zodSchema)?.examples
      if (Array.isArray(examples)) jsonSchema.examples = examples
    },
  }) as Schema
  const sections = Object.entries(schema.properties ?? {}).map(([name, child]) => {
    const keys = keysOf(name, child, schema.required?.includes(name) ?? false, '')
    const rows = keys.map(
      ({ path, variant, type, given, example, about }) =>
        `| \`${path}\`${variant === '' ? '' : ` (${variant})`} | ${type} | ${given} | ${example} | ${about} |`,
    )
    return [`## ${name}`, '', '| key | type | given | example | meaning |', '|---|---|---|---|---|', ...rows, ''].join(
      '\n',
    )
  })
  const settings = await resolveConfig(referenceFile)
  return format(`${introduction}\n${sections.join('\n')}`, { ...settings, parser: 'markdown' })
}

/** Every key below `path`, itself first. Throws where a key of the schema has no description: the reference would have a hole. */
function keysOf(path: string, schema: Schema, required: boolean, variant: string): Key[] {
  if (schema.description === undefined) throw new Error(`${path} has no description in the schema of the plan`)
  const variants = schema.oneOf ?? schema.anyOf
  const objects = variants?.filter(({ properties }) => properties !== undefined) ?? []
  const self: Key = {
    path,
    variant,
    type: typeOf(schema),
    given: schema.default === undefined ? (required ? 'required' : 'optional') : code(schema.default),
    example: exampleOf(schema),
    about: cell(schema.description),
  }
  return [
    self,
    ...childrenOf(path, schema, variant),
    ...objects.flatMap((one) => childrenOf(path, one, variantOf(one))),
  ]
}

function childrenOf(path: string, schema: Schema, variant: string): Key[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, child]) =>
    keysOf(`${path}.${name}`, child, schema.required?.includes(name) ?? false, variant),
  )
  const { items, additionalProperties: named } = schema
  return [
    ...own,
    ...(items === undefined ? [] : insideOf(`${path}[]`, items, variant)),
    ...(typeof named === 'object' ? insideOf(`${path}.<name>`, named, variant) : []),
  ]
}

/** The keys of an entry; the entry itself is described by its list. */
function insideOf(path: string, schema: Schema, variant: string): Key[] {
  const variants = schema.oneOf ?? schema.anyOf ?? []
  return [...childrenOf(path, schema, variant), ...variants.flatMap((one) => childrenOf(path, one, variantOf(one)))]
}

/** What tells a variant from its siblings: the key that has one fixed value. */
function variantOf(schema: Schema): string {
  const [name, child] =
    Object.entries(schema.properties ?? {}).find(([, { const: fixed }]) => fixed !== undefined) ?? []
  return name === undefined ? '' : `${name}: ${JSON.stringify(child?.const)}`
}

function typeOf({
  type,
  enum: values,
  const: fixed,
  oneOf,
  anyOf,
  items,
  properties,
  minimum,
  maximum,
}: Schema): string {
  if (fixed !== undefined) return code(fixed)
  if (values !== undefined) return values.map(code).join(', ')
  if (items !== undefined)
    return items.type === 'object' || items.oneOf ? 'list of objects' : `list of ${plain(items)}s`
  if (properties !== undefined || type === 'object') return 'object'
  const variants = oneOf ?? anyOf
  if (variants !== undefined) return [...new Set(variants.map(plain))].join(' or ')
  if (type === 'integer') return minimum === undefined ? 'number' : `number, ${minimum}${range(maximum)}`
  return plain({ type: type ?? 'string' })
}

function plain({ type }: Schema): string {
  return type === 'integer' ? 'number' : type === 'string' ? 'text' : (type ?? 'value')
}

function range(maximum: number | undefined): string {
  return maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? ' or more' : ` to ${maximum}`
}

function exampleOf({ examples, const: fixed, enum: values, default: usual, type }: Schema): string {
  const example = examples?.[0] ?? fixed ?? values?.[0] ?? usual ?? (type === 'boolean' ? true : undefined)
  return example === undefined ? '' : code(example)
}

function code(value: unknown): string {
  return `\`${cell(JSON.stringify(value))}\``
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(referenceFile, await planReference())
